import {
  type DescField,
  type DescMessage,
  fromJson,
  type JsonValue,
  type Message,
  ScalarType,
} from '@bufbuild/protobuf';
import { InvalidRequestError, parseJsonBody } from '@llmops/llm-protocol';
import { AppError } from '@llmops/platform/errors';
import type { Match } from './route-table.ts';

/** The request message of a REST call: path, then query or body. Throws `platform.invalid_argument` naming the field. */
export function readRequest({ target, parameters }: Match, query: URLSearchParams, body: Buffer | undefined): Message {
  const { input } = target.method;
  const json = target.route.body === '*' ? readBody(body) : readQuery(input, query);
  for (const [name, value] of Object.entries(parameters)) {
    const field = input.fields.find((candidate) => candidate.name === name);
    if (field) json[field.jsonName] = value;
  }
  try {
    return fromJson(input, json as JsonValue);
  } catch (error) {
    throw invalid(input, error as Error);
  }
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

const unknownField = (name: string, input: DescMessage) => {
  const known = input.fields.map((field) => field.jsonName).join(', ');
  return new AppError({
    code: 'platform.invalid_argument',
    category: 'invalid',
    message: `${name}: not a parameter of this method; it takes ${known || 'none'}.`,
    fields: [{ field: name, message: 'unknown parameter' }],
  });
};

/** protobuf's own message names the field: `cannot decode field llmops.x.v1.Y.page_size from JSON: …`. */
function invalid(input: DescMessage, error: Error): AppError {
  const match = /field (\S+) from JSON: (.*)/s.exec(error.message);
  const unknown = /key "([^"]*)" is unknown/.exec(error.message);
  const field = match?.[1]?.split('.').at(-1) ?? unknown?.[1] ?? '';
  const reason = match?.[2] ?? (unknown ? `not a field of ${input.name}` : error.message);
  return new AppError({
    code: 'platform.invalid_argument',
    category: 'invalid',
    message: field === '' ? reason : `${field}: ${reason}`,
    fields: field === '' ? [] : [{ field, message: reason }],
    cause: error,
  });
}
