import { type DescMethod, type JsonObject, type JsonValue, type MessageShape, toJson } from '@bufbuild/protobuf';
import type { HttpRoute } from '@llmops/contracts';

export interface HttpRequest {
  method: string;
  /** Path and query, `/api/v1/projects/prj_1/traces?pageSize=20`. */
  path: string;
  /** JSON text. */
  body: string | undefined;
}

/**
 * Lays a request message out over its REST route: fields named in the path fill it (percent-encoded), then the body
 * takes what the route says, and what is left goes into the query under camelCase names.
 * Throws a TypeError when a field of the path is empty.
 */
export function httpRequestOf<M extends DescMethod>(
  method: M,
  route: HttpRoute,
  message: MessageShape<M['input']>,
): HttpRequest {
  const rest = { ...(toJson(method.input, message) as JsonObject) };
  const path = route.path.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const key = method.input.fields.find((field) => field.name === name)?.jsonName ?? name;
    const value = rest[key];
    if (value === undefined || value === '') throw new TypeError(`${method.localName} needs "${key}"`);
    delete rest[key];
    return encodeURIComponent(String(value));
  });
  const body = takeBody(route, rest);
  const query = new URLSearchParams(body?.rest === undefined ? queryPairs(rest) : queryPairs(body.rest)).toString();
  return {
    method: route.verb.toUpperCase(),
    path: query === '' ? path : `${path}?${query}`,
    body: body === undefined ? undefined : JSON.stringify(body.value),
  };
}

function takeBody(route: HttpRoute, rest: JsonObject): { value: JsonValue; rest: JsonObject } | undefined {
  if (route.body === '') return undefined;
  if (route.body === '*') return { value: rest, rest: {} };
  const { [route.body]: value = {}, ...others } = rest;
  return { value, rest: others };
}

function queryPairs(value: JsonObject, prefix = ''): [string, string][] {
  return Object.entries(value).flatMap(([key, entry]): [string, string][] => {
    const name = prefix + key;
    if (Array.isArray(entry)) return entry.map((item) => [name, String(item)]);
    if (typeof entry === 'object' && entry !== null) return queryPairs(entry, `${name}.`);
    return [[name, String(entry)]];
  });
}
