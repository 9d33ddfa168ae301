import type { JsonSchema } from '../versions/index.ts';
import type { RowShape } from './shape.ts';

/** The shape of rows by their schema: the names and kinds of their columns. */
export function detectShape(schema: JsonSchema): RowShape {
  const columns = schema.properties ?? {};
  const has = (...names: string[]) => names.every((name) => name in columns);
  if (has('chosen', 'rejected')) return 'preference';
  if (has('messages') && itemsHave(columns['messages'], 'role')) return 'openai_chat';
  if (has('conversations') && itemsHave(columns['conversations'], 'from', 'value')) return 'sharegpt';
  if (has('instruction', 'output')) return 'alpaca';
  if (has('question') && (has('answers') || has('answer', 'context'))) return 'qa';
  if (has('text') && Object.keys(columns).length === 1) return 'text';
  return 'table';
}

const itemsHave = (schema: JsonSchema | undefined, ...names: string[]): boolean =>
  names.every((name) => name in (schema?.items?.properties ?? {}));
