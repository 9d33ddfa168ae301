import { create, type MessageInitShape } from '@bufbuild/protobuf';
import {
  LabelDefinitionSchema,
  LabelSchema,
  Label_Preference as Preference,
} from '@llmops/contracts/data/v1/annotation';
import { expect, test } from 'vitest';
import {
  emptyDraft,
  isComplete,
  labelOf,
  labelSummary,
  preferenceOf,
  shortcutOf,
  toggleCategory,
  valueOfKey,
} from './label-draft.ts';

const define = (kind: MessageInitShape<typeof LabelDefinitionSchema>['kind']) =>
  create(LabelDefinitionSchema, { kind });
const item = { contentJson: '{"output":"was","answer":{"a":1}}' };
const categories = define({ case: 'categories', value: { values: ['good', 'bad'] } });

test('one category takes the place of another, several stand together, the same again is taken away', () => {
  const draft = emptyDraft(categories, item);
  const one = toggleCategory(toggleCategory(draft, 'good', false), 'bad', false);
  expect(one.categories).toEqual(['bad']);
  const both = toggleCategory(toggleCategory(draft, 'good', true), 'bad', true);
  expect(both.categories).toEqual(['good', 'bad']);
  expect(toggleCategory(both, 'good', true).categories).toEqual(['bad']);
});

test('the side that is better is named by its field, whichever was shown first', () => {
  expect(preferenceOf('first', false)).toBe(Preference.LEFT);
  expect(preferenceOf('second', false)).toBe(Preference.RIGHT);
  expect(preferenceOf('first', true)).toBe(Preference.RIGHT);
  expect(preferenceOf('second', true)).toBe(Preference.LEFT);
});

test('a label can be given once it says something; a correction begins with what stands there', () => {
  const correction = define({ case: 'correction', value: {} });
  expect(emptyDraft(correction, item).text).toBe('was');
  expect(isComplete(correction, emptyDraft(correction, item))).toBe(true);
  expect(emptyDraft(define({ case: 'correction', value: { field: 'answer' } }), item).text).toBe('{"a":1}');
  expect(isComplete(categories, emptyDraft(categories, item))).toBe(false);
  const pairwise = define({ case: 'pairwise', value: {} });
  expect(isComplete(pairwise, emptyDraft(pairwise, item))).toBe(false);
  const spans = define({ case: 'spans', value: { values: ['x'] } });
  expect(isComplete(spans, emptyDraft(spans, item))).toBe(true);
});

test('a label holds only what its kind has', () => {
  const draft = { ...emptyDraft(categories, item), categories: ['good'], text: 'left from before', comment: 'sure' };
  expect(labelOf(categories, draft)).toEqual(create(LabelSchema, { categories: ['good'], comment: 'sure' }));
  const pairwise = define({ case: 'pairwise', value: { leftField: 'old', rightField: 'new' } });
  const label = labelOf(pairwise, { ...draft, preference: Preference.RIGHT });
  expect(label).toEqual(create(LabelSchema, { preference: Preference.RIGHT, comment: 'sure' }));
  expect(labelSummary(pairwise, label)).toBe('new is better');
});

test('the keys 1 to 9 choose the first nine values, and no others do', () => {
  const values = ['a', 'b'];
  expect(['1', '2', '3', '0', 'a', '12'].map((key) => valueOfKey(values, key))).toEqual(['a', 'b', ...Array(4)]);
  expect([shortcutOf(0), shortcutOf(8), shortcutOf(9)]).toEqual(['1', '9', undefined]);
});
