import { fromJson, type JsonObject, type JsonValue, toJson } from '@bufbuild/protobuf';
import { type Check, CheckSchema, Check_Severity as Severity } from '@llmops/contracts/data/v1/validation';
import { type CheckField, type CheckKind, checkKinds } from './check-kinds.ts';

/** A check as it is being written: every value as text, a box as `true` or nothing. */
export interface CheckForm {
  /** Within the form. */
  id: number;
  kind: CheckKind;
  name: string;
  severity: Severity;
  /** Percent of the rows. */
  tolerance: string;
  values: Record<string, string>;
}

export const newCheck = (id: number, kind: CheckKind): CheckForm => ({
  id,
  kind,
  name: '',
  severity: Severity.WARN,
  tolerance: '',
  values: {},
});

export function formOfCheck(check: Check, id: number): CheckForm | undefined {
  const kind = check.kind.case;
  if (kind === undefined) return undefined;
  const json = (toJson(CheckSchema, check) as JsonObject)[kind] as JsonObject;
  const values = checkKinds[kind].fields.flatMap(({ key }): [string, string][] => {
    const value = json[key];
    return value === undefined ? [] : [[key, Array.isArray(value) ? value.join(', ') : String(value)]];
  });
  return {
    id,
    kind,
    name: check.name,
    severity: check.severity === Severity.BLOCK ? Severity.BLOCK : Severity.WARN,
    tolerance: check.tolerance === 0 ? '' : String(Number((check.tolerance * 100).toPrecision(6))),
    values: Object.fromEntries(values),
  };
}

/** The check that a form says. Throws an Error that names the field where a value cannot be read. */
export function checkOfForm({ kind, name, severity, tolerance, values }: CheckForm): Check {
  const { fields, label } = checkKinds[kind];
  const content = fields.flatMap((field): [string, JsonValue][] => {
    const value = readValue(field, (values[field.key] ?? '').trim(), label);
    return value === undefined ? [] : [[field.key, value]];
  });
  const check = fromJson(CheckSchema, { name, [kind]: Object.fromEntries(content) });
  return { ...check, severity, tolerance: numberOf(tolerance, `${label}, tolerance`) / 100 };
}

function readValue({ key, label, type, required }: CheckField, text: string, check: string): JsonValue | undefined {
  const name = `${check}, ${label.toLowerCase()}`;
  if (text === '') {
    if (required) throw new Error(`${name}: a value is needed`);
    return undefined;
  }
  switch (type) {
    case 'list':
      return text
        .split(',')
        .map((entry) => entry.trim())
        .filter((entry) => entry !== '');
    case 'number':
      return numberOf(text, name);
    case 'int64':
      if (!/^-?\d+$/.test(text)) throw new Error(`${name}: "${text}" is no whole number`);
      return text;
    case 'boolean':
      return text === 'true';
    default:
      if (key === 'schemaJson') assertJson(text, name);
      return text;
  }
}

function numberOf(text: string, name: string): number {
  const value = Number(text);
  if (!Number.isFinite(value)) throw new Error(`${name}: "${text}" is no number`);
  return value;
}

function assertJson(text: string, name: string): void {
  try {
    JSON.parse(text);
  } catch {
    throw new Error(`${name}: this is no JSON`);
  }
}
