import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { CheckSchema, Check_Severity as Severity } from '@llmops/contracts/data/v1/validation';
import { beforeAll, describe, expect, it } from 'vitest';
import { SuiteRun } from './suite-run.ts';
import { loadVocabularies } from './text-measures.ts';

beforeAll(loadVocabularies);

type Init = MessageInitShape<typeof CheckSchema>;
type Values = Record<string, unknown>[];

function run(check: Init, values: Values, splits: string[] = []) {
  const suite = new SuiteRun([create(CheckSchema, check)]);
  for (const [index, value] of values.entries()) {
    suite.see({ id: `r${index}`, index, value, split: splits[index] ?? '' });
  }
  return suite.end()[0]!;
}

const text = (...texts: string[]): Values => texts.map((each) => ({ text: each }));
const long = 'The quick brown fox jumps over the lazy dog while the farmer sleeps under the old oak tree.';

// A failing case, the index of its first row at fault and its column; and a passing case.
const cases: [string, Init['kind'], Values, number, string, Values][] = [
  [
    'schema',
    {
      case: 'schema',
      value: { schemaJson: '{"type":"object","required":["a"],"properties":{"a":{"type":"integer"}}}' },
    },
    [{ a: 1 }, { a: 'x' }],
    1,
    'a',
    [{ a: 1 }],
  ],
  [
    'schema of nested members',
    {
      case: 'schema',
      value: {
        schemaJson:
          '{"properties":{"messages":{"items":{"properties":{"role":{"enum":["user"]}},"required":["role"]}}}}',
      },
    },
    [{ messages: [{ role: 'user' }, { role: 'boss' }] }],
    0,
    'messages[].role',
    [{ messages: [{ role: 'user' }] }],
  ],
  ['nulls', { case: 'nulls', value: { columns: ['a'] } }, [{ a: 1 }, { b: 1 }], 1, 'a', [{ a: '' }, { a: 0 }]],
  [
    'nulls in a path, empty texts too',
    { case: 'nulls', value: { columns: ['m[].c'], emptyIsNull: true } },
    [{ m: [{ c: 'x' }, { c: ' ' }] }],
    0,
    'm[].c',
    [{ m: [{ c: 'x' }] }],
  ],
  [
    'range',
    { case: 'range', value: { column: 'n', min: 0, max: 10 } },
    [{ n: 10 }, { n: '10.5' }],
    1,
    'n',
    [{ n: 0 }, { n: '7' }, { n: null }],
  ],
  [
    'unique, composite',
    { case: 'unique', value: { columns: ['a', 'b'] } },
    [
      { a: 1, b: 1 },
      { a: 1, b: 2 },
      { a: 1, b: 1 },
    ],
    2,
    'a, b',
    [
      { a: 1, b: 1 },
      { a: 1, b: '1' },
      { a: null, b: 1 },
      { a: null, b: 1 },
    ],
  ],
  [
    'pattern',
    { case: 'pattern', value: { column: 'text', pattern: '^[a-z]+$' } },
    text('abc', 'Abc'),
    1,
    'text',
    text('abc'),
  ],
  [
    'forbidden pattern',
    { case: 'pattern', value: { column: 'text', pattern: 'TODO', forbid: true } },
    text('a TODO'),
    0,
    'text',
    text('done'),
  ],
  [
    'categories',
    { case: 'categories', value: { column: 'c', values: ['x', 'true'] } },
    [{ c: 'x' }, { c: 'y' }],
    1,
    'c',
    [{ c: 'x' }, { c: true }, { c: null }],
  ],
  [
    'language',
    { case: 'language', value: { columns: [], languages: ['en'] } },
    text(long, 'Der schnelle braune Fuchs springt über den faulen Hund, während der Bauer unter der Eiche schläft.'),
    1,
    'text',
    text(long, 'OK', '42'),
  ],
  [
    'length in tokens',
    { case: 'length', value: { columns: ['text'], max: 5n } },
    text('one two', 'one two three four five six'),
    1,
    'text',
    text('one two three four five'),
  ],
  [
    'encoding',
    { case: 'encoding', value: { columns: [] } },
    text('fine', 'cafÃ© au lait'),
    1,
    'text',
    text('café — “naïve” Ærø 日本語 🎉', 'CAFÉ—BAR', 'à » la'),
  ],
  ['toxicity', { case: 'toxicity', value: { columns: [] } }, text('what a bastard'), 0, 'text', text('Scunthorpe')],
  [
    'toxicity of own phrases',
    { case: 'toxicity', value: { columns: [], words: ['Rival Corp'] } },
    text('ask rival  corp.'),
    0,
    'text',
    text('ask the corp rival'),
  ],
  ['pii', { case: 'pii', value: { columns: [] } }, text('hi', 'mail ann@example.com'), 1, 'text', text('meet at 5')],
  [
    'secrets',
    { case: 'secrets', value: { columns: [] } },
    text(`token = ${['ghp', '9xK2mQ7vLpR4sT8wZ1yB3nC6dF5gH0jA2eUi'].join('_')}`),
    0,
    'text',
    text('the secret of the key is access'),
  ],
  [
    'duplicates',
    { case: 'duplicates', value: { columns: [] } },
    [
      { a: 1, b: 'x  y' },
      { b: 'x y ', a: 1 },
    ],
    1,
    '',
    [{ a: 1 }, { a: 2 }],
  ],
  [
    'near duplicates',
    { case: 'nearDuplicates', value: { columns: ['text'] } },
    text(long, 'Something else entirely is written in this row of the table.', `${long.toUpperCase()} Indeed!`),
    2,
    'text',
    text(long, 'Something else entirely is written in this row of the table.'),
  ],
];

describe('a check', () => {
  it.each(cases)('of %s names the row and column at fault', (_, kind, failing, index, column) => {
    const report = run({ kind, severity: Severity.BLOCK }, failing);
    expect(report).toMatchObject({ outcome: 'failed', severity: 'block', failedRows: 1 });
    expect(report.findings).toHaveLength(1);
    expect(report.findings[0]).toMatchObject({ rowId: `r${index}`, rowIndex: index, column });
    expect(report.message).toContain(`1 of ${failing.length} row`);
  });

  it.each(cases)('of %s passes rows that are right', (_, kind, __, ___, ____, passing) => {
    expect(run({ kind }, passing)).toMatchObject({ outcome: 'passed', findings: [], failedRows: 0 });
  });
});

describe('a check of the table', () => {
  it('counts rows', () => {
    const kind = { case: 'rowCount', value: { min: 2n, max: 3n } } as const;
    expect(run({ kind }, text('a'))).toMatchObject({ outcome: 'failed', message: '1 rows, fewer than 2' });
    expect(run({ kind }, text('a', 'b')).outcome).toBe('passed');
    expect(run({ kind }, text('a', 'b', 'c', 'd')).outcome).toBe('failed');
  });

  it('asks for a new row', () => {
    const kind = { case: 'freshness', value: { column: 'at', maxAgeS: 3600n } } as const;
    const now = Date.now();
    const old = { at: new Date(now - 7_200_000).toISOString() };
    expect(run({ kind }, [old]).outcome).toBe('failed');
    expect(run({ kind }, [old, { at: Math.floor(now / 1000) - 60 }]).outcome).toBe('passed');
    expect(run({ kind }, [{ at: 'soon' }])).toMatchObject({ outcome: 'failed', message: 'at holds no time' });
  });

  it('weighs the classes', () => {
    const kind = { case: 'classBalance', value: { column: 'c', minRatio: 0.5 } } as const;
    const rows = (...labels: string[]) => labels.map((c) => ({ c }));
    expect(run({ kind }, rows('a', 'a', 'a', 'b'))).toMatchObject({ outcome: 'failed' });
    expect(run({ kind }, rows('a', 'a', 'b')).outcome).toBe('passed');
  });

  it('finds rows of one split in another, word for word or nearly, and no repeats within a split', () => {
    const leak: Init['kind'] = { case: 'splitLeakage', value: { columns: [], threshold: 0 } };
    const values = text('same text', 'same text', 'other text', 'same  text');
    const report = run({ kind: leak }, values, ['train', 'train', 'test', 'test']);
    expect(report).toMatchObject({ outcome: 'failed', failedRows: 1 });
    expect(report.findings[0]).toMatchObject({ rowIndex: 3, otherIndex: 0, message: 'of test is in train too' });
    expect(run({ kind: leak }, values, ['train', 'train', 'test', 'train']).outcome).toBe('passed');

    const near: Init['kind'] = { case: 'splitLeakage', value: { columns: [], threshold: 0.8 } };
    const nearly = text(long, `Well: ${long}`);
    expect(run({ kind: leak }, nearly, ['train', 'test']).outcome).toBe('passed');
    expect(run({ kind: near }, nearly, ['train', 'test'])).toMatchObject({ outcome: 'failed', failedRows: 1 });
  });
});

describe('a suite', () => {
  it('passes a check while no more rows fail than its tolerance', () => {
    const kind: Init['kind'] = { case: 'nulls', value: { columns: ['a'] } };
    const values = [{ a: 1 }, { a: 1 }, { a: 1 }, { a: null }];
    expect(run({ kind, tolerance: 0.25 }, values)).toMatchObject({ outcome: 'passed', failedRows: 1 });
    expect(run({ kind, tolerance: 0.2 }, values).outcome).toBe('failed');
  });

  it('tells of a check that cannot be run and runs the others', () => {
    const suite = new SuiteRun([
      create(CheckSchema, { kind: { case: 'pattern', value: { column: 'a', pattern: '(?=x)' } } }),
      create(CheckSchema, { kind: { case: 'pii', value: { types: ['shoe_size'] } } }),
      create(CheckSchema, { kind: { case: 'nulls', value: { columns: ['a'] } } }),
      create(CheckSchema, { kind: { case: 'nulls', value: { columns: ['b'] } } }),
    ]);
    suite.see({ id: 'x', index: 0, value: { a: 1, b: 2 }, split: '' });
    const reports = suite.end();
    expect(reports.map(({ outcome }) => outcome)).toEqual(['error', 'error', 'passed', 'passed']);
    expect(reports.map(({ name }) => name)).toEqual(['pattern', 'pii', 'nulls', 'nulls 2']);
    expect(reports[1]!.message).toContain('"shoe_size" is no type');
  });

  it('does not take long over a pattern that would blow up elsewhere', () => {
    const kind = { case: 'pattern', value: { column: 'text', pattern: '^(a+)+$' } } as const;
    expect(run({ kind }, text(`${'a'.repeat(50_000)}!`)).outcome).toBe('failed');
    const schemaJson = '{"properties":{"text":{"pattern":"^(a|a)*$"}}}';
    expect(run({ kind: { case: 'schema', value: { schemaJson } } }, text(`${'a'.repeat(50_000)}!`)).outcome).toBe(
      'failed',
    );
  });

  it('shows no whole secret and no whole address', () => {
    const secret = ['ghp', '9xK2mQ7vLpR4sT8wZ1yB3nC6dF5gH0jA2eUi'].join('_');
    const report = run({ kind: { case: 'secrets', value: {} } }, text(`use ${secret} now`));
    expect(report.findings[0]!.message).toBe('holds github-pat');
    expect(JSON.stringify(report)).not.toContain(secret.slice(0, 12));
    expect(JSON.stringify(run({ kind: { case: 'pii', value: {} } }, text('ann@example.com')))).not.toContain('example');
  });
});

it('a schema of as many columns as there may be is followed or not', () => {
  const names = Array.from({ length: 5_000 }, (_, i) => `c${i}`);
  const properties = Object.fromEntries(names.map((name) => [name, { type: 'string' }]));
  const row = Object.fromEntries(names.map((name) => [name, 'x']));
  const schemaJson = JSON.stringify({ type: 'object', properties, required: names });
  const check = { kind: { case: 'schema' as const, value: { schemaJson } } };
  expect(run(check, [row, { ...row, c4999: 1 }])).toMatchObject({ outcome: 'failed', failedRows: 1 });
});
