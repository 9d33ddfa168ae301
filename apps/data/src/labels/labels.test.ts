import type { LabelDefinitionJson, LabelJson } from '@llmops/contracts/data/v1/annotation';
import { describe, expect, test } from 'vitest';
import { checkLabel, labelFields, labelKey, measureAgreement } from './index.ts';

const categories: LabelDefinitionJson = { categories: { values: ['bad', 'fair', 'good'], ordinal: true } };
const several: LabelDefinitionJson = { categories: { values: ['a', 'b'], multiple: true } };
const spans: LabelDefinitionJson = { spans: { values: ['name'] } };
const pairwise: LabelDefinitionJson = { pairwise: {} };
const correction: LabelDefinitionJson = { correction: {} };
const content = { text: 'Ada wrote it', output: 'x' };

test.each<[LabelDefinitionJson, LabelJson, RegExp | undefined]>([
  [categories, { categories: ['good'] }, undefined],
  [categories, { categories: [] }, /exactly one/],
  [categories, { categories: ['good', 'bad'] }, /exactly one/],
  [categories, { categories: ['great'] }, /none of bad, fair, good/],
  [several, { categories: [] }, undefined],
  [several, { categories: ['a', 'a'] }, /twice/],
  [spans, { spans: [{ start: 0, end: 3, value: 'name' }] }, undefined],
  [spans, { spans: [{ start: 5, end: 30, value: 'name' }] }, /no part of a text of 12/],
  [spans, { spans: [{ start: 0, end: 3, value: 'place' }] }, /none of name/],
  [pairwise, { preference: 'PREFERENCE_LEFT' }, undefined],
  [pairwise, { preference: 'PREFERENCE_TIE' }, /tie/],
  [pairwise, {}, /missing/],
  [{ text: { maxLength: 3 } }, { text: 'abcd' }, /longer than 3/],
  [{ text: {} }, { text: ' ' }, /empty/],
  [correction, { text: '' }, undefined],
  [correction, {}, /missing/],
])('a label of %j: %j', (schema, label, wrong) => {
  const found = checkLabel(schema, content, label);
  if (wrong) expect(found).toMatch(wrong);
  else expect(found).toBeUndefined();
});

test('labels that say the same are the same, in any order and with any comment', () => {
  expect(labelKey(several, { categories: ['a', 'b'] })).toBe(
    labelKey(several, { categories: ['b', 'a'], comment: 'x' }),
  );
  const one = { start: 0, end: 3, value: 'name' };
  const two = { start: 4, end: 5, value: 'name' };
  expect(labelKey(spans, { spans: [one, two] })).toBe(labelKey(spans, { spans: [two, one] }));
});

test('a label becomes fields of its row', () => {
  expect(labelFields(categories, { categories: ['good'], comment: 'sure' })).toEqual({
    label: 'good',
    comment: 'sure',
  });
  expect(labelFields(several, { categories: ['a'] })).toEqual({ label: ['a'] });
  expect(labelFields(pairwise, { preference: 'PREFERENCE_RIGHT' })).toEqual({ preference: 'right' });
  expect(labelFields(correction, { text: 'y' })).toEqual({ corrected_output: 'y' });
});

describe('agreement', () => {
  const item = (...labels: string[]) => ({
    labels: labels.map((value, index) => ({ annotator: `usr_${index}`, label: { categories: [value] } })),
  });

  test('of two annotators: observed, kappa and alpha with its interval; items of one label do not count', () => {
    const nominal: LabelDefinitionJson = { categories: { values: ['yes', 'no'] } };
    const items = [item('yes', 'yes'), item('no', 'no'), item('yes', 'no'), item('no', 'no'), item('yes')];
    const { items: counted, observed, cohenKappa, alpha, pairs } = measureAgreement(nominal, items);
    expect(counted).toBe(4);
    expect(observed).toBe(0.75);
    expect(cohenKappa).toBeCloseTo(0.5, 10);
    expect(alpha!.low).toBeLessThanOrEqual(alpha!.estimate);
    expect(pairs).toMatchObject([{ first: 'usr_0', second: 'usr_1', items: 4 }]);
  });

  test('of very many items the estimate comes without an interval', () => {
    const nominal: LabelDefinitionJson = { categories: { values: ['yes', 'no'] } };
    const items = Array.from({ length: 10_001 }, (_, n) => item('yes', n % 2 === 0 ? 'yes' : 'no'));
    expect(Object.keys(measureAgreement(nominal, items).alpha!)).toEqual(['estimate']);
  });

  test('of ordered categories a near miss weighs less than a far one', () => {
    const near = measureAgreement(categories, [item('bad', 'fair'), item('good', 'good'), item('bad', 'bad')]);
    const far = measureAgreement(categories, [item('bad', 'good'), item('good', 'good'), item('bad', 'bad')]);
    expect(near.alpha!.estimate).toBeGreaterThan(far.alpha!.estimate);
  });

  test('three annotators have pairs but no single kappa; labels that are all the same have none beyond chance', () => {
    const three = measureAgreement(categories, [item('good', 'good', 'bad'), item('bad', 'bad', 'bad')]);
    expect(three.pairs).toHaveLength(3);
    expect(three.cohenKappa).toBeUndefined();
    const same = measureAgreement(categories, [item('good', 'good'), item('good', 'good')]);
    expect(same).toMatchObject({ observed: 1, alpha: undefined, cohenKappa: undefined });
  });

  test('of spans it is the share that both marked', () => {
    const mark = (start: number, end: number) => ({ start, end, value: 'name' });
    const labels = [
      { annotator: 'usr_1', label: { spans: [mark(0, 3), mark(4, 9)] } },
      { annotator: 'usr_2', label: { spans: [mark(0, 3)] } },
    ];
    expect(measureAgreement(spans, [{ labels }]).observed).toBeCloseTo(2 / 3, 10);
  });
});
