// The models of judge-pair.ts: logistic regression over what a pair shares, on the first half of the planted leaks.
import { LexicalIndex } from '../../apps/data/src/contamination/lexical-index.ts';

const lexicalCandidates = 8;

/** Pairs of the first half: `{features: [grams, words, reverse, cosine?], leak, row}`. */
function pairsOf(sets, vectors) {
  const pairs = [];
  for (const set of sets) {
    const index = new LexicalIndex();
    for (const text of set.protected) index.add(text);
    const cosine = (a, b) => vectors.get(a).reduce((sum, value, at) => sum + value * vectors.get(b)[at], 0);
    for (const row of [...set.clean, ...set.leaks].filter(({ half }) => half === 0)) {
      for (const match of index.search(row.text, lexicalCandidates)) {
        if (row.of !== undefined && match.row !== row.of) continue;
        const features = [match.grams, match.words, match.reverse];
        if (vectors) features.push(cosine(set.protected[match.row], row.text));
        pairs.push({ features, leak: row.of !== undefined, row });
      }
    }
  }
  return pairs;
}

/** Newton's method with a little ridge; both classes weigh the same. The last weight is the bias. */
function logistic(pairs, ridge = 0.1) {
  const leaks = pairs.filter(({ leak }) => leak).length;
  const share = (leak) => pairs.length / 2 / (leak ? leaks : pairs.length - leaks);
  const rows = pairs.map(({ features, leak }) => ({ x: [...features, 1], y: leak ? 1 : 0, weight: share(leak) }));
  const size = rows[0].x.length;
  let weights = new Array(size).fill(0);
  for (let step = 0; step < 30; step++) {
    const gradient = weights.map((weight, at) => (at === size - 1 ? 0 : ridge * weight));
    const hessian = weights.map((_, a) => weights.map((__, b) => (a === b && a < size - 1 ? ridge : 0)));
    for (const { x, y, weight } of rows) {
      const p = 1 / (1 + Math.exp(-dot(weights, x)));
      for (let a = 0; a < size; a++) {
        gradient[a] += weight * (p - y) * x[a];
        for (let b = 0; b < size; b++) hessian[a][b] += weight * p * (1 - p) * x[a] * x[b];
      }
    }
    const change = solved(hessian, gradient);
    weights = weights.map((value, at) => value - change[at]);
    if (Math.max(...change.map(Math.abs)) < 1e-8) break;
  }
  return weights;
}

const dot = (a, b) => a.reduce((sum, value, at) => sum + value * b[at], 0);

function solved(matrix, vector) {
  const rows = matrix.map((row, at) => [...row, vector[at]]);
  for (let at = 0; at < rows.length; at++) {
    const pivot = rows.slice(at).reduce((best, row) => (Math.abs(row[at]) > Math.abs(best[at]) ? row : best));
    rows.splice(rows.indexOf(pivot), 1);
    rows.splice(at, 0, pivot);
    for (const row of rows) {
      if (row === pivot) continue;
      const factor = row[at] / pivot[at];
      for (let each = at; each < row.length; each++) row[each] -= factor * pivot[each];
    }
  }
  return rows.map((row, at) => row.at(-1) / row[at]);
}

/** Weights, bias, and the log-odds that `recall` of the first half's leaks reach. */
export function fit(sets, vectors, recall = 0.975) {
  const pairs = pairsOf(sets, vectors);
  const weights = logistic(pairs);
  const reached = new Map();
  for (const { features, leak, row } of pairs) {
    if (leak) reached.set(row, Math.max(reached.get(row) ?? -Infinity, dot(weights, [...features, 1])));
  }
  const odds = [...reached.values()].sort((a, b) => a - b);
  return { weights, least: odds[Math.floor((1 - recall) * odds.length)] };
}
