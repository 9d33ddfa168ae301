import type { Check } from '@llmops/contracts/data/v1/validation';

export type CheckKind = NonNullable<Check['kind']['case']>;

/** How a field of a check is written down: lists by commas, `int64` as a whole number. */
export type FieldType = 'text' | 'code' | 'list' | 'number' | 'int64' | 'boolean' | 'unit';

export interface CheckField {
  key: string;
  label: string;
  type: FieldType;
  required?: boolean;
  hint?: string;
}

interface CheckKindSpec {
  label: string;
  /** What it finds. */
  hint: string;
  fields: CheckField[];
}

const column: CheckField = { key: 'column', label: 'Column', type: 'text', required: true };
const columns: CheckField = {
  key: 'columns',
  label: 'Columns',
  type: 'list',
  hint: 'By commas; all text columns when empty.',
};
const neededColumns: CheckField = { ...columns, required: true, hint: 'By commas.' };
const threshold: CheckField = { key: 'threshold', label: 'Similarity', type: 'number', hint: 'From 0 to 1.' };
const least = (type: FieldType): CheckField => ({ key: 'min', label: 'At least', type });
const most = (type: FieldType): CheckField => ({ key: 'max', label: 'At most', type });

/** Every kind of check with what there is to say about it. Keys are those of the message. */
export const checkKinds: Record<CheckKind, CheckKindSpec> = {
  nulls: {
    label: 'No nulls',
    hint: 'Rows where a column is missing or null.',
    fields: [neededColumns, { key: 'emptyIsNull', label: 'Empty text counts as null', type: 'boolean' }],
  },
  range: { label: 'Range', hint: 'Numbers outside of bounds.', fields: [column, least('number'), most('number')] },
  unique: { label: 'Unique', hint: 'Rows that share their values.', fields: [neededColumns] },
  pattern: {
    label: 'Pattern',
    hint: 'Texts that do not match a regular expression.',
    fields: [
      column,
      { key: 'pattern', label: 'Pattern', type: 'code', required: true },
      { key: 'forbid', label: 'Must not match', type: 'boolean' },
    ],
  },
  categories: {
    label: 'Categories',
    hint: 'Values that are none of these.',
    fields: [column, { key: 'values', label: 'Values', type: 'list', required: true, hint: 'By commas.' }],
  },
  length: {
    label: 'Length',
    hint: 'Texts that are too short or too long.',
    fields: [neededColumns, least('int64'), most('int64'), { key: 'unit', label: 'In', type: 'unit' }],
  },
  rowCount: { label: 'Row count', hint: 'Too few rows, or too many.', fields: [least('int64'), most('int64')] },
  freshness: {
    label: 'Freshness',
    hint: 'The newest time is too old.',
    fields: [column, { key: 'maxAgeS', label: 'Oldest, in seconds', type: 'int64', required: true }],
  },
  sql: {
    label: 'SQL condition',
    hint: 'Rows for which it does not hold.',
    fields: [
      {
        key: 'expression',
        label: 'Condition',
        type: 'code',
        required: true,
        hint: 'True for a good row: end_time >= start_time',
      },
    ],
  },
  schema: {
    label: 'JSON Schema',
    hint: 'Rows that do not fit.',
    fields: [{ key: 'schemaJson', label: 'Schema', type: 'code', required: true }],
  },
  language: {
    label: 'Language',
    hint: 'Texts in other languages.',
    fields: [columns, { key: 'languages', label: 'Languages', type: 'list', required: true, hint: 'As en, de.' }],
  },
  encoding: { label: 'Encoding', hint: 'Broken characters.', fields: [columns] },
  toxicity: {
    label: 'Toxicity',
    hint: 'Words of a list.',
    fields: [columns, { key: 'words', label: 'Words beside the list', type: 'list' }],
  },
  pii: {
    label: 'Personal data',
    hint: 'Mail addresses, phone, card and account numbers.',
    fields: [
      columns,
      { key: 'types', label: 'Kinds', type: 'list', hint: 'As email, phone, credit_card, iban; all when empty.' },
    ],
  },
  secrets: { label: 'Secrets', hint: 'Keys and passwords.', fields: [columns] },
  duplicates: {
    label: 'Duplicates',
    hint: 'Rows that are there twice.',
    fields: [{ ...columns, hint: 'By commas; the whole row when empty.' }],
  },
  nearDuplicates: { label: 'Near duplicates', hint: 'Texts that are almost the same.', fields: [columns, threshold] },
  classBalance: {
    label: 'Class balance',
    hint: 'A class far rarer than the commonest.',
    fields: [
      column,
      { key: 'minRatio', label: 'Least ratio', type: 'number', hint: 'Rarest to commonest; 0.1 when empty.' },
    ],
  },
  splitLeakage: {
    label: 'Split leakage',
    hint: 'Rows of one split that are in another.',
    fields: [columns, { ...threshold, hint: 'Only equal rows when empty.' }],
  },
};

export const checkKindNames = Object.keys(checkKinds) as CheckKind[];
