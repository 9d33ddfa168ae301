import type { Row } from '@llmops/contracts/data/v1/dataset';
import type { Json } from '@llmops/ui';

export type RowContent = Record<string, Json>;

/** A row's JSON text as an object; what is none is shown as one. */
export function contentOf(json: string): RowContent {
  try {
    const value: Json = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : { value };
  } catch {
    return { value: json };
  }
}

/** Whether a column of this type holds numbers only. */
export const isNumeric = (type: string): boolean =>
  /^(integer|number|null)(\|(integer|number|null))*$/.test(type) && type !== 'null';

/** A value in one line: text as it is, the rest as JSON. */
export const cellText = (value: Json | undefined): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** Columns in the order given, then those that rows have beside them. */
export function columnNames(declared: readonly string[], rows: readonly Pick<Row, 'json'>[]): string[] {
  const names = new Set(declared);
  for (const { json } of rows) for (const name of Object.keys(contentOf(json))) names.add(name);
  return [...names];
}
