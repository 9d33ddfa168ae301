import { create, type MessageInitShape } from '@bufbuild/protobuf';
import {
  CheckSchema,
  Check_Severity as Severity,
  LengthCheck_Unit as Unit,
} from '@llmops/contracts/data/v1/validation';
import { expect, test } from 'vitest';
import { checkOfForm, formOfCheck, newCheck } from './check-form.ts';
import { checkKindNames } from './check-kinds.ts';

type Kind = MessageInitShape<typeof CheckSchema>['kind'];

const kinds: Kind[] = [
  { case: 'nulls', value: { columns: ['a', 'b.c'], emptyIsNull: true } },
  { case: 'range', value: { column: 'score', min: -1.5, max: 0 } },
  { case: 'unique', value: { columns: ['id'] } },
  { case: 'pattern', value: { column: 'a', pattern: '^\\d+$', forbid: true } },
  { case: 'categories', value: { column: 'label', values: ['good', 'bad'] } },
  { case: 'length', value: { columns: ['messages[].content'], max: 4096n, unit: Unit.TOKENS } },
  { case: 'rowCount', value: { min: 1n } },
  { case: 'freshness', value: { column: 'time', maxAgeS: 86_400n } },
  { case: 'sql', value: { expression: 'a > 1 AND b < 2' } },
  { case: 'schema', value: { schemaJson: '{"type":"object"}' } },
  { case: 'language', value: { languages: ['en', 'de'] } },
  { case: 'encoding', value: {} },
  { case: 'toxicity', value: { words: ['bad'] } },
  { case: 'pii', value: { types: ['email'] } },
  { case: 'secrets', value: {} },
  { case: 'duplicates', value: { columns: ['text'] } },
  { case: 'nearDuplicates', value: { threshold: 0.9 } },
  { case: 'classBalance', value: { column: 'label', minRatio: 0.2 } },
  { case: 'splitLeakage', value: {} },
];

test('every kind of check can be written, and comes back from its form as it was', () => {
  expect(kinds.map((kind) => kind!.case).toSorted()).toEqual(checkKindNames.toSorted());
  for (const kind of kinds) {
    const check = create(CheckSchema, { name: 'n', severity: Severity.BLOCK, tolerance: 0.015, kind });
    const form = formOfCheck(check, 1)!;
    expect(checkOfForm(form)).toEqual(check);
  }
});

test('a tolerance is written in percent', () => {
  const form = formOfCheck(create(CheckSchema, { tolerance: 0.07, kind: { case: 'secrets', value: {} } }), 1)!;
  expect(form).toMatchObject({ tolerance: '7', severity: Severity.WARN });
});

test('what cannot be read is said with the name of its field', () => {
  expect(() => checkOfForm(newCheck(1, 'nulls'))).toThrow('No nulls, columns: a value is needed');
  const range = { ...newCheck(1, 'range'), values: { column: 'a', min: 'low' } };
  expect(() => checkOfForm(range)).toThrow('Range, at least: "low" is no number');
  const rows = { ...newCheck(1, 'rowCount'), values: { min: '1.5' } };
  expect(() => checkOfForm(rows)).toThrow('"1.5" is no whole number');
  const schema = { ...newCheck(1, 'schema'), values: { schemaJson: '{' } };
  expect(() => checkOfForm(schema)).toThrow('this is no JSON');
});
