import { type DescMethod, getOption, hasOption } from '@bufbuild/protobuf';
import { http } from '../gen/google/api/annotations_pb.js';

export interface HttpRoute {
  verb: 'get' | 'put' | 'post' | 'delete' | 'patch';
  /** Segments in braces are fields of the request: `/api/v1/projects/{project}/apiKeys/{api_key}:revoke`. */
  path: string;
  /** `*` when the body holds the request's other fields, a field's name when it holds that field, empty for none. */
  body: string;
}

/** The REST route of a method, from its `(google.api.http)` option; undefined when it has none. */
export function routeOf(method: DescMethod): HttpRoute | undefined {
  if (!hasOption(method, http)) return undefined;
  const rule = getOption(method, http);
  const verb = rule.pattern.case;
  if (verb === undefined || verb === 'custom') throw new Error(`${method.name} has an HTTP rule without a verb`);
  return { verb, path: rule.pattern.value, body: rule.body };
}
