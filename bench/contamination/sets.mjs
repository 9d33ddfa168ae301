// Protected rows, rows that are none of them, and leaks planted in the protected ones.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '@llmops/stats';
import { kinds } from './paraphrase.mjs';

/** Rows of a CSV text; quotes may hold commas, line ends and doubled quotes. */
function csvRows(text) {
  const rows = [];
  let row = [];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
    if (end === '') break;
  }
  return rows;
}

const column = (rows, name) => rows.slice(1).map((row) => row[rows[0].indexOf(name)]);
const questions = (text) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).question);

const readers = {
  banking77: ['banking77/train.csv', (text) => column(csvRows(text), 'text')],
  truthfulqa: ['truthfulqa/TruthfulQA.csv', (text) => column(csvRows(text), 'Question')],
  'nq-open': ['nq-open/NQ-open.dev.jsonl', questions],
  gsm8k: ['gsm8k/train.first2500.jsonl', questions],
};

const protectedRows = 200;
const cleanRows = 500;

function shuffled(values, random) {
  const list = [...values];
  for (let last = list.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [list[last], list[other]] = [list[other], list[last]];
  }
  return list;
}

/**
 * By set, from a folder that has them: `{protected: [text], clean: [{text, half}], leaks: [{text, kind, of, half}]}`. All
 * leaks of one protected row are in one half.
 */
export function readSets(folder, seed = 11) {
  const random = seededRandom(seed);
  const found = Object.entries(readers).filter(([, [file]]) => existsSync(join(folder, file)));
  return found.map(([name, [file, read]]) => {
    const texts = read(readFileSync(join(folder, file), 'utf8')).filter(Boolean);
    const rows = shuffled(new Set(texts), random);
    const kept = rows.slice(0, protectedRows);
    const leaks = kept.flatMap((text, of) =>
      Object.entries(kinds)
        .map(([kind, change]) => ({ kind, of, half: of % 2, text: change(text, random) }))
        .filter((leak) => leak.text !== text),
    );
    const clean = rows.slice(protectedRows, protectedRows + cleanRows).map((text, at) => ({ text, half: at % 2 }));
    return { name, protected: kept, clean, leaks };
  });
}

/** Every text once. */
export const textsOf = (sets) => [
  ...new Set(sets.flatMap((set) => [...set.protected, ...[...set.clean, ...set.leaks].map(({ text }) => text)])),
];
