import { InvalidRequestError } from './invalid-request-error.ts';

/** A JSON object whose fields are not checked yet. */
export type Fields = Record<string, unknown>;

// Paths are built only by whoever fails: a valid request costs no string.

/** `body` as an object of fields. */
export function requestFields(body: unknown): Fields {
  if (isObject(body)) return body;
  throw new InvalidRequestError(`The body: expected a JSON object, got ${nameType(body)}.`, null, 'invalid_type');
}

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Refuses a field: `"messages[0].role": expected …, got …`. */
export function refuse(param: string, expected: string, got: unknown): never {
  if (got === undefined) {
    throw new InvalidRequestError(`"${param}": required; expected ${expected}.`, param, 'missing_required_parameter');
  }
  throw new InvalidRequestError(`"${param}": expected ${expected}, got ${nameType(got)}.`, param, 'invalid_type');
}

/** Refuses a value of the right type. `got` is shown, so pass no free text. */
export function refuseValue(param: string, expected: string, got: unknown): never {
  const shown =
    typeof got === 'string' ? JSON.stringify(got.slice(0, 40)) : Array.isArray(got) ? nameType(got) : String(got);
  throw new InvalidRequestError(`"${param}": expected ${expected}, got ${shown}.`, param, 'invalid_value');
}

/** Refuses a field that is right by itself but not beside the others. */
export function refuseUse(param: string, rule: string): never {
  throw new InvalidRequestError(`"${param}": ${rule}.`, param, 'invalid_value');
}

export function checkModel(fields: Fields): void {
  const model = fields['model'];
  if (typeof model !== 'string') refuse('model', 'the name of a model', model);
  if (model === '') refuseValue('model', 'the name of a model', model);
}

export function checkNumber(fields: Fields, key: string, min: number, max: number): void {
  const value = fields[key];
  if (value === undefined || value === null) return;
  if (typeof value !== 'number') refuse(key, `a number from ${min} to ${max}`, value);
  if (!(value >= min && value <= max)) refuseValue(key, `a number from ${min} to ${max}`, value);
}

export function checkInteger(fields: Fields, key: string, min: number, max: number): void {
  const value = fields[key];
  if (value === undefined || value === null) return;
  if (typeof value !== 'number') refuse(key, integerRange(min, max), value);
  if (!Number.isInteger(value) || value < min || value > max) refuseValue(key, integerRange(min, max), value);
}

export function checkBoolean(fields: Fields, key: string): void {
  const value = fields[key];
  if (value !== undefined && value !== null && typeof value !== 'boolean') refuse(key, 'true or false', value);
}

export function checkString(fields: Fields, key: string): void {
  const value = fields[key];
  if (value !== undefined && value !== null && typeof value !== 'string') refuse(key, 'a string', value);
}

export function checkObject(fields: Fields, key: string): void {
  const value = fields[key];
  if (value !== undefined && value !== null && !isObject(value)) refuse(key, 'an object', value);
}

function integerRange(min: number, max: number): string {
  if (max < Number.MAX_SAFE_INTEGER) return `an integer from ${min} to ${max}`;
  return min > Number.MIN_SAFE_INTEGER ? `an integer of at least ${min}` : 'an integer';
}

function nameType(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
