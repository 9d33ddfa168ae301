import type { DescMethod } from '@bufbuild/protobuf';
import { accessOf, type HttpRoute, routeOf } from '@llmops/contracts';
import { HttpBodySchema } from '@llmops/contracts/http-body';

/** A method that REST reaches. */
export interface RestMethod {
  app: string;
  method: DescMethod;
  route: HttpRoute;
  segments: string[];
  /** `revoke` of `…/{api_key}:revoke`; empty for the standard methods. */
  customVerb: string;
}

/** Whether the body is a file, not JSON. */
export const takesFile = ({ method, route }: RestMethod): boolean =>
  method.input.fields.some(({ name, message }) => name === route.body && message?.typeName === HttpBodySchema.typeName);

export interface Match {
  target: RestMethod;
  /** Request fields from the path, by their proto name. */
  parameters: Record<string, string>;
}

/** The REST methods of all services, found by HTTP method and path. Internal methods have no route here. */
export class RouteTable {
  readonly methods: RestMethod[] = [];
  readonly #byShape = new Map<string, RestMethod[]>();

  constructor(services: Record<string, readonly { methods: readonly DescMethod[] }[]>) {
    for (const [app, group] of Object.entries(services)) {
      for (const service of group) for (const method of service.methods) this.#add(app, method);
    }
  }

  /** `path` without its query. Undefined when no method has it. */
  match(verb: string, path: string): Match | undefined {
    const { segments, customVerb } = split(path);
    const candidates = this.#byShape.get(shape(verb, segments.length, customVerb)) ?? [];
    for (const target of candidates) {
      const parameters = bind(target.segments, segments);
      if (parameters) return { target, parameters };
    }
    return undefined;
  }

  /** The methods of HTTP that the path takes. */
  allowed(path: string): string[] {
    return ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((verb) => this.match(verb, path));
  }

  #add(app: string, method: DescMethod): void {
    const route = routeOf(method);
    if (!route || accessOf(method).internal) return;
    const { segments, customVerb } = split(route.path);
    const entry = { app, method, route, segments, customVerb };
    this.methods.push(entry);
    const key = shape(route.verb.toUpperCase(), segments.length, customVerb);
    // A literal beats a variable: `sessions/current` before `sessions/{session}`.
    const siblings = [...(this.#byShape.get(key) ?? []), entry];
    siblings.sort((a, b) => variables(a) - variables(b));
    this.#byShape.set(key, siblings);
  }
}

const variables = ({ segments }: RestMethod): number => segments.filter((segment) => segment.startsWith('{')).length;

const shape = (verb: string, length: number, customVerb: string): string => `${verb} ${length} ${customVerb}`;

function split(path: string): { segments: string[]; customVerb: string } {
  const segments = path.split('/').slice(1);
  const last = segments.at(-1) ?? '';
  const colon = last.lastIndexOf(':');
  if (colon < 0) return { segments, customVerb: '' };
  segments[segments.length - 1] = last.slice(0, colon);
  return { segments, customVerb: last.slice(colon + 1) };
}

function bind(pattern: string[], segments: string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const actual = segments[index]!;
    if (expected.startsWith('{')) {
      if (actual === '') return undefined;
      parameters[expected.slice(1, -1)] = decode(actual);
    } else if (expected !== actual) {
      return undefined;
    }
  }
  return parameters;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
