import type { JsonRow } from '../formats/index.ts';

/** A message in OpenAI's form; what else it holds (name, tool_call_id) is kept. */
export interface Message extends JsonRow {
  role: string;
  content: unknown;
}

/** What the chat shapes have in common: the form that one is read into and another written from. */
export interface Dialogue {
  messages: Message[];
  /** Definitions of functions in OpenAI's form, or whatever the row had. */
  tools?: unknown;
  /** Columns that no shape owns: ids, labels, sources. */
  rest: JsonRow;
}

/** Why a row cannot take another shape; `column` is where the fault lies. */
export class ShapeError extends Error {
  constructor(
    readonly column: string,
    message: string,
  ) {
    super(message);
  }
}

export const isObject = (value: unknown): value is JsonRow =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The row without these columns. */
export const without = (row: JsonRow, ...columns: string[]): JsonRow =>
  Object.fromEntries(Object.entries(row).filter(([column]) => !columns.includes(column)));

/** A message's text: of parts, those that are text. */
export function contentText({ content }: Message): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part) => (isObject(part) ? textOf(part['text']) : '')).join('');
}
