import { type DescMethod, getOption, hasOption } from '@bufbuild/protobuf';
import { access, Role, Scope } from '../gen/llmops/options/v1/options_pb.js';

export interface MethodAccess {
  role: Role;
  scope: Scope;
  public: boolean;
  internal: boolean;
}

/**
 * Who may call a method, from its `(llmops.options.v1.access)` option.
 * Throws when the method declares none: a service must not boot with an unguarded method.
 */
export function accessOf(method: DescMethod): MethodAccess {
  const name = `${method.parent.typeName}/${method.name}`;
  if (!hasOption(method, access)) throw new Error(`${name} declares no (llmops.options.v1.access)`);
  const value = getOption(method, access);
  if (!value.public && (value.role === Role.UNSPECIFIED || value.scope === Scope.UNSPECIFIED)) {
    throw new Error(`${name} must name a role and a scope, or be public`);
  }
  return { role: value.role, scope: value.scope, public: value.public, internal: value.internal };
}
