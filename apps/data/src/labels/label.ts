import type { LabelDefinitionJson, LabelJson } from '@llmops/contracts/data/v1/annotation';

/** An item as it is shown: a JSON object. */
export type ItemContent = Record<string, unknown>;

/** What a label must be, and how labels compare. Labels and schemas are in the contract's JSON form, as they are stored. */
export type Labels = LabelDefinitionJson;

/** What is wrong with a label of an item; undefined when it is right. */
export function checkLabel(schema: Labels, content: ItemContent, label: LabelJson): string | undefined {
  if (schema.categories) return checkCategories(schema.categories, label);
  if (schema.spans) return checkSpans(schema.spans, content, label);
  if (schema.pairwise) return checkPreference(schema.pairwise, label);
  const text = label.text ?? '';
  if (schema.text) {
    const max = schema.text.maxLength || 100_000;
    if (text.trim() === '') return 'text: is empty';
    return text.length > max ? `text: is longer than ${max} characters` : undefined;
  }
  // A corrected output may be empty: nothing should have been said.
  return label.text === undefined && schema.correction ? 'text: the corrected output is missing' : undefined;
}

function checkCategories({ values = [], multiple }: NonNullable<Labels['categories']>, label: LabelJson) {
  const given = label.categories ?? [];
  const unknown = given.find((value) => !values.includes(value));
  if (unknown !== undefined) return `categories: ${JSON.stringify(unknown)} is none of ${values.join(', ')}`;
  if (new Set(given).size < given.length) return 'categories: one is given twice';
  if (!multiple && given.length !== 1) return 'categories: exactly one is needed';
  return undefined;
}

function checkSpans({ values = [], field }: NonNullable<Labels['spans']>, content: ItemContent, label: LabelJson) {
  const text = content[field || 'text'];
  if (typeof text !== 'string') return `spans: the item has no text in ${JSON.stringify(field || 'text')}`;
  for (const { start = 0, end = 0, value = '' } of label.spans ?? []) {
    if (!values.includes(value)) return `spans: ${JSON.stringify(value)} is none of ${values.join(', ')}`;
    if (!(start >= 0 && start < end && end <= text.length)) {
      return `spans: ${start} to ${end} is no part of a text of ${text.length} characters`;
    }
  }
  return undefined;
}

function checkPreference({ allowTie }: NonNullable<Labels['pairwise']>, { preference }: LabelJson) {
  if (preference === undefined || preference === 'PREFERENCE_UNSPECIFIED') return 'preference: is missing';
  return preference === 'PREFERENCE_TIE' && !allowTie ? 'preference: a tie is not allowed here' : undefined;
}

/** The same text for labels that say the same, whatever order they say it in; comments do not count. */
export function labelKey(schema: Labels, label: LabelJson): string {
  if (schema.categories) return JSON.stringify([...(label.categories ?? [])].sort());
  if (schema.pairwise) return label.preference ?? '';
  if (schema.spans) {
    const spans = (label.spans ?? []).map(({ start = 0, end = 0, value = '' }) => `${start} ${end} ${value}`);
    return JSON.stringify([...new Set(spans)].sort());
  }
  return (label.text ?? '').trim();
}

/** What a label adds to its item's row when it is published. */
export function labelFields(schema: Labels, label: LabelJson): Record<string, unknown> {
  const comment = label.comment ? { comment: label.comment } : {};
  if (schema.categories) {
    const given = label.categories ?? [];
    return { label: schema.categories.multiple ? given : given[0], ...comment };
  }
  if (schema.spans) {
    const spans = (label.spans ?? []).map(({ start = 0, end = 0, value = '' }) => ({ start, end, value }));
    return { spans, ...comment };
  }
  if (schema.pairwise) return { preference: preferences[label.preference ?? ''] ?? null, ...comment };
  return { [schema.correction ? 'corrected_output' : 'label']: label.text ?? '', ...comment };
}

const preferences: Record<string, string> = {
  PREFERENCE_LEFT: 'left',
  PREFERENCE_RIGHT: 'right',
  PREFERENCE_TIE: 'tie',
};
