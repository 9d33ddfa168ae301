import { expect, test } from 'vitest';
import { csvRecord } from '../export/csv-text.ts';
import { CsvRecords } from './csv-records.ts';

const dialect = { delimiter: ',', quote: '"' };

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function parse(pieces: string[]): string[][] {
  const records = new CsvRecords(dialect, 1_000_000);
  return [...pieces.flatMap((piece) => records.push(piece)), ...records.end()].map(({ fields }) => fields);
}

test('what is written is read back, wherever the text is cut', () => {
  const next = random(42);
  const alphabet = ['a', '"', ',', '\n', '\r\n', ' ', 'é', "'", '""', '\t'];
  for (let round = 0; round < 300; round += 1) {
    const width = 1 + Math.floor(next() * 4);
    const rows = Array.from({ length: 1 + Math.floor(next() * 5) }, () =>
      Array.from({ length: width }, () =>
        Array.from({ length: Math.floor(next() * 6) }, () => alphabet[Math.floor(next() * alphabet.length)]).join(''),
      ),
    ).filter((row) => row.length > 1 || row[0] !== '');
    const text = `${rows.map((row) => csvRecord(row, ',')).join('')}`;
    const pieces: string[] = [];
    for (let at = 0; at < text.length; ) {
      const length = 1 + Math.floor(next() * 7);
      pieces.push(text.slice(at, at + length));
      at += length;
    }
    expect(parse(pieces)).toEqual(rows);
  }
});

test('records know the line they begin on, quoted line breaks counted', () => {
  const records = new CsvRecords(dialect, 1_000);
  const found = [...records.push('a,b\n"x\ny",1\n\nlast,2'), ...records.end()];
  expect(found).toEqual([
    { fields: ['a', 'b'], line: 1 },
    { fields: ['x\ny', '1'], line: 2 },
    { fields: ['last', '2'], line: 5 },
  ]);
});

test('a record that does not end is refused before it fills the memory', () => {
  const records = new CsvRecords(dialect, 1_000);
  expect(() => records.push(`"${'x'.repeat(2_000)}`)).toThrow('perhaps a quote is never closed');
});

// A scan of the whole text for each field would take minutes for each of these.
test('a line of nothing but delimiters is refused by its number of values, and a column of short lines is read', () => {
  const wide = new CsvRecords(dialect, 4 << 20, 5_000);
  expect(() => wide.push(`a\n${','.repeat(2 << 20)}`)).toThrow('has more than 5000 values');
  const narrow = new CsvRecords(dialect, 4 << 20, 5_000);
  const found = [...narrow.push('a\n'.repeat(200_000)), ...narrow.push('b'), ...narrow.end()];
  expect(found).toHaveLength(200_001);
});
