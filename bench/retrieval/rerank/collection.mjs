import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSegment, LexicalIndex, openSegment } from '../../../apps/retrieval/src/lexical/index.ts';

const dimensions = 384;

/** What prepare.py and embed.py left in `root/name`: documents, queries, judgements, vectors; and a BM25 index of it. */
export function loadCollection(root, name, embedders) {
  const folder = join(root, name);
  const { language, documents, queries, relevant } = JSON.parse(readFileSync(join(folder, 'collection.json'), 'utf8'));
  const vectors = Object.fromEntries(
    embedders.map((embedder) => [
      embedder,
      { documents: rows(folder, `${embedder}.documents`), queries: rows(folder, `${embedder}.queries`) },
    ]),
  );
  const index = new LexicalIndex();
  index.add(
    name,
    openSegment(
      buildSegment(
        documents.map(({ title, headings, text }, ordinal) => ({
          ordinal,
          fields: { title, headings, text },
          language,
        })),
      ),
    ),
  );
  return { name, language, documents, queries, relevant, vectors, index, groups: groupsOf(relevant) };
}

/** Each arm's `depth` best, as {ordinal, score}, for each query. */
export function searchArms({ language, queries, vectors, index }, embedders, depth) {
  const lexical = queries.map(({ text }) => index.search(text, { k: depth, language }));
  const dense = embedders.map((embedder) => {
    const { queries: wanted, documents } = vectors[embedder];
    return wanted.map((query) => nearest(query, documents, depth));
  });
  return queries.map((_, at) => ({
    lexical: lexical[at],
    ...Object.fromEntries(embedders.map((embedder, arm) => [embedder, dense[arm][at]])),
  }));
}

function nearest(query, documents, depth) {
  const scores = Float32Array.from(documents, (vector) => dot(query, vector));
  const least = scores.slice().sort()[Math.max(0, scores.length - depth)];
  const found = [];
  for (const [ordinal, score] of scores.entries()) if (score >= least) found.push({ ordinal, score });
  return found.sort((one, other) => other.score - one.score || one.ordinal - other.ordinal).slice(0, depth);
}

function dot(one, other) {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += one[i] * other[i];
  return sum;
}

function rows(folder, file) {
  const bytes = readFileSync(join(folder, `${file}.f32`));
  const all = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  return Array.from({ length: all.length / dimensions }, (_, i) => all.subarray(i * dimensions, (i + 1) * dimensions));
}

/**
 * A group number for each query: queries that share a relevant document are in one, so that both lie in the same fold.
 * SciFact states many findings twice, once turned into its opposite, about the same abstract.
 */
function groupsOf(relevant) {
  const parent = relevant.map((_, at) => at);
  const rootOf = (at) => {
    while (parent[at] !== at) at = parent[at];
    return at;
  };
  const first = new Map();
  for (const [at, ordinals] of relevant.entries()) {
    for (const ordinal of ordinals) {
      if (first.has(ordinal)) parent[rootOf(at)] = rootOf(first.get(ordinal));
      else first.set(ordinal, at);
    }
  }
  return parent.map((_, at) => rootOf(at));
}
