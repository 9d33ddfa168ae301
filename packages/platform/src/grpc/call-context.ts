import type { DescMethod, Message } from '@bufbuild/protobuf';
import type { Metadata } from '@grpc/grpc-js';
import { accessOf, type MethodAccess } from '@llmops/contracts';
import { Role, Scope } from '@llmops/contracts/options/v1/options';
import { newSpanId, newTraceId, parseTraceparent, type RequestContext } from '../context/index.ts';
import { AppError } from '../errors/index.ts';
import { newId } from '../ids/index.ts';
import { anonymous, type Principal } from '../token/index.ts';

export interface IncomingCall {
  metadata: Metadata;
  deadlineMs: number | undefined;
  signal: AbortSignal;
}

export type VerifyToken = (token: string) => Promise<Principal>;

/** The request context of an incoming call: identity from the verified token, trace and request id from the metadata. */
export async function callContext(
  access: MethodAccess,
  call: IncomingCall,
  verify: VerifyToken,
): Promise<RequestContext> {
  const header = (name: string) => call.metadata.get(name)[0]?.toString();
  const token = header('authorization')?.replace(/^Bearer /, '');
  const principal = token !== undefined || !access.public ? await verify(token ?? '') : anonymous;
  return {
    ...principal,
    requestId: header('x-request-id') ?? newId('req'),
    trace: parseTraceparent(header('traceparent')) ?? { traceId: newTraceId(), spanId: newSpanId() },
    deadlineMs: call.deadlineMs,
    signal: call.signal,
    token,
  };
}

/**
 * Refuses a caller whose role is too low, and a request that names another project than the caller's token: to the
 * caller, what is not theirs does not exist.
 */
export function authorize(method: DescMethod, access: MethodAccess, context: RequestContext, request: Message): void {
  if (access.public) return;
  const project = method.input.field['project'];
  if (access.scope === Scope.PROJECT && project) {
    const named = (request as unknown as Record<string, unknown>)['project'];
    if (named !== context.projectId || !(context.projectRole > Role.UNSPECIFIED)) {
      throw new AppError({
        code: 'platform.project_not_found',
        category: 'not_found',
        message: `project: ${JSON.stringify(named)} does not exist, or this credential has no access to it.`,
      });
    }
  }
  const held = access.scope === Scope.PROJECT ? context.projectRole : context.organizationRole;
  // Not `held < role`: what is no number must not pass.
  if (!(held >= access.role)) {
    throw new AppError({
      code: 'platform.permission_denied',
      category: 'forbidden',
      message: `${method.name} needs the role ${roleName(access.role)}; this credential has ${roleName(held)}.`,
    });
  }
}

const roleName = (role: Role): string => (role === Role.UNSPECIFIED ? 'none' : Role[role].toLowerCase());

/** Checked when a service boots, so that no method is served without a rule. */
export const accessRules = (methods: Iterable<DescMethod>): Map<DescMethod, MethodAccess> =>
  new Map([...methods].map((method) => [method, accessOf(method)]));
