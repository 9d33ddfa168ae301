import {
  create,
  type DescField,
  type DescMessage,
  fromJson,
  type JsonValue,
  type Message,
  ScalarType,
} from '@bufbuild/protobuf';
import { HttpBodySchema } from '@llmops/contracts/http-body';
import { InvalidRequestError, parseJsonBody } from '@llmops/llm-protocol';
import { AppError } from '@llmops/platform/errors';
import { type Match, type RestMethod, takesFile } from './route-table.ts';

export interface RequestBody {
  contentType: string;
  bytes: Buffer;
}

/** The request message of a REST call: path, then query or body. Throws `platform.invalid_argument` naming the field. */
export function readRequest(
  { target, parameters }: Match,
  query: URLSearchParams,
  body: RequestBody | undefined,
): Message {
  const { input } = target.method;
  const json = target.route.body === '*' ? readBody(body?.bytes) : readQuery(input, query);
  for (const [name, value] of Object.entries(parameters)) {
    const field = input.fields.find((candidate) => candidate.name === name);
    if (field) json[field.jsonName] = value;
  }
  const field = fieldWithNul(json);
  if (field !== undefined) throw nulRefused(field);
  try {
    const message = fromJson(input, json as JsonValue);
    return takesFile(target) ? withFile(message, target, body) : message;
  } catch (error) {
    throw invalid(input, json, error as Error);
  }
}

/** The bytes go in as they are: as JSON they would be copied three times. */
function withFile(message: Message, { method, route }: RestMethod, body: RequestBody | undefined): Message {
  const field = method.input.fields.find(({ name }) => name === route.body)!;
  const file = create(HttpBodySchema, { contentType: body?.contentType ?? '', data: body?.bytes ?? new Uint8Array() });
  return Object.assign(message, { [field.localName]: file });
}

function readBody(body: Buffer | undefined): Record<string, unknown> {
  if (!body || body.length === 0) return {};
  try {
    const json = parseJsonBody(body);
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof InvalidRequestError)) throw error;
    throw new AppError({ code: 'platform.invalid_argument', category: 'invalid', message: error.message });
  }
  throw new AppError({
    code: 'platform.invalid_argument',
    category: 'invalid',
    message: 'body: expected a JSON object.',
  });
}

/** Query parameters by their JSON names; a repeated field takes the parameter several times. */
function readQuery(input: DescMessage, query: URLSearchParams): Record<string, unknown> {
  const json: Record<string, unknown> = {};
  for (const name of new Set(query.keys())) {
    const field = input.fields.find((candidate) => candidate.jsonName === name || candidate.name === name);
    if (!field) throw unknownField(name, input);
    const values = query.getAll(name).map((text) => fromText(field, text));
    json[field.jsonName] = field.fieldKind === 'list' ? values : values.at(-1);
  }
  return json;
}

/** Query text in the JSON form that the field takes. */
function fromText(field: DescField, text: string): unknown {
  const scalar = field.fieldKind === 'scalar' || field.fieldKind === 'list' ? field.scalar : undefined;
  if (scalar === ScalarType.BOOL) return text === 'true' ? true : text === 'false' ? false : text;
  const isNumber = scalar !== undefined && scalar !== ScalarType.STRING && scalar !== ScalarType.BYTES;
  if (isNumber && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
  return text;
}

/** The path of the first text that holds NUL, which no store of ours can keep. */
function fieldWithNul(value: unknown, path = ''): string | undefined {
  if (typeof value === 'string') return value.includes('\0') ? path : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, member] of Object.entries(value)) {
    const found = fieldWithNul(member, path === '' ? key : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

const nulRefused = (field: string) =>
  new AppError({
    code: 'platform.invalid_argument',
    category: 'invalid',
    message: `${field}: holds the character NUL (\\u0000); leave it out.`,
    fields: [{ field, message: 'holds the character NUL' }],
  });

const unknownField = (name: string, input: DescMessage) => {
  const known = input.fields.map((field) => field.jsonName).join(', ');
  return new AppError({
    code: 'platform.invalid_argument',
    category: 'invalid',
    message: `${name}: not a parameter of this method; it takes ${known || 'none'}.`,
    fields: [{ field: name, message: 'unknown parameter' }],
  });
};

/** Tells which field is at fault: protobuf's own message names it for some kinds of value only, so each is tried alone. */
function invalid(input: DescMessage, json: Record<string, unknown>, error: Error): AppError {
  const fields = Object.entries(json).flatMap(([name, value]) => {
    try {
      fromJson(input, { [name]: value } as JsonValue);
      return [];
    } catch (cause) {
      return [violation(input, name, cause as Error)];
    }
  });
  return new AppError({
    code: 'platform.invalid_argument',
    category: 'invalid',
    message: fields.map(({ field, message }) => `${field}: ${message}`).join('; ') || error.message,
    fields,
    cause: error,
  });
}

function violation(input: DescMessage, jsonName: string, error: Error) {
  const field = input.fields.find((candidate) => candidate.jsonName === jsonName || candidate.name === jsonName);
  if (!field) return { field: jsonName, message: `not a field of ${input.name}` };
  const values = field.enum?.values.map(({ name }) => name).join(', ');
  const message = values ? `expected one of ${values}` : error.message.replace(/^cannot decode .*? from JSON: /, '');
  return { field: field.name, message };
}
