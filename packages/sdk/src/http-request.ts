import {
  type DescMethod,
  type JsonObject,
  type JsonValue,
  type MessageShape,
  ScalarType,
  toJson,
} from '@bufbuild/protobuf';
import type { HttpRoute } from '@llmops/contracts';
import { type HttpBody, HttpBodySchema } from '@llmops/contracts/http-body';

export interface HttpRequest {
  method: string;
  /** Path and query, `/api/v1/projects/prj_1/traces?pageSize=20`. */
  path: string;
  /** JSON text, or a file's bytes. */
  body: string | Uint8Array<ArrayBuffer> | undefined;
  contentType: string | undefined;
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
  const file = takeFile(method, route, message);
  const rest = { ...(toJson(method.input, message) as JsonObject) };
  if (file) delete rest[file.jsonName];
  const path = route.path.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const field = method.input.fields.find((candidate) => candidate.name === name);
    const key = field?.jsonName ?? name;
    // JSON leaves out a number that is 0.
    const value = rest[key] ?? (field?.scalar === ScalarType.STRING ? '' : 0);
    if (value === '') throw new TypeError(`${method.localName} needs "${key}"`);
    delete rest[key];
    return encodeURIComponent(String(value));
  });
  const body = file ? undefined : takeBody(route, rest);
  const query = new URLSearchParams(body?.rest === undefined ? queryPairs(rest) : queryPairs(body.rest)).toString();
  return {
    method: route.verb.toUpperCase(),
    path: query === '' ? path : `${path}?${query}`,
    body: file ? file.bytes : body === undefined ? undefined : JSON.stringify(body.value),
    contentType: file ? file.contentType : body && 'application/json',
  };
}

/** The file that is the whole body, where the route takes one. */
function takeFile<M extends DescMethod>(method: M, route: HttpRoute, message: MessageShape<M['input']>) {
  const field = method.input.fields.find(({ name }) => name === route.body);
  if (field?.message?.typeName !== HttpBodySchema.typeName) return undefined;
  const file = (message as unknown as Record<string, HttpBody | undefined>)[field.localName];
  return {
    jsonName: field.jsonName,
    bytes: (file?.data ?? new Uint8Array()) as Uint8Array<ArrayBuffer>,
    contentType: file?.contentType || 'application/octet-stream',
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
