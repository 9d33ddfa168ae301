// SciFact as CSV: claims and abstracts of the train split, and which abstracts each claim cites.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Rows of a CSV text by column name; quotes may hold commas, line ends and doubled quotes. */
function csvRows(text) {
  const rows = [];
  let row = [];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    if (row.length > 1) rows.push(row);
    row = [];
    if (end === '') break;
  }
  const [names, ...values] = rows;
  return values.map((each) => Object.fromEntries(names.map((name, index) => [name, each[index]])));
}

/** The sentences of a list as Python prints it. */
const printedStrings = (list) =>
  [...list.matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/gs)].map(([, single, double]) =>
    (single ?? double).replace(/\\(x[0-9a-f]{2}|.)/gs, (_, code) =>
      code.length > 1 ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : code === 'n' ? '\n' : code,
    ),
  );

/** `{documents: [{id, title, text}], queries: Map id → text, qrels: Map id → Map document id → 1}` */
export function readSciFact(directory) {
  const corpus = csvRows(gunzipSync(readFileSync(join(directory, 'corpus_train.csv.gz'))).toString('utf8'));
  const documents = corpus.map((row) => ({
    id: row.doc_id,
    title: row.title,
    text: printedStrings(row.abstract).join(' '),
  }));
  const queries = new Map();
  const qrels = new Map();
  for (const row of csvRows(readFileSync(join(directory, 'claims_train.csv'), 'utf8'))) {
    queries.set(row.id, row.claim);
    qrels.set(row.id, new Map(row.cited_doc_ids.match(/\d+/g).map((id) => [id, 1])));
  }
  return { documents, queries, qrels };
}
