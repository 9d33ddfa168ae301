import type { JsonRow } from '../formats/index.ts';

/** One record of RFC 4180: nested values as JSON, null and absent as nothing. */
export const csvRecord = (values: readonly unknown[], delimiter: string): string =>
  `${values.map((value) => csvField(value, delimiter)).join(delimiter)}\r\n`;

export const csvRow = (row: JsonRow, columns: readonly string[], delimiter: string): string =>
  csvRecord(
    columns.map((column) => row[column]),
    delimiter,
  );

function csvField(value: unknown, delimiter: string): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const quoted = text === '' || text.includes('"') || text.includes(delimiter) || /[\r\n]|^\s|\s$/.test(text);
  return quoted ? `"${text.replaceAll('"', '""')}"` : text;
}
