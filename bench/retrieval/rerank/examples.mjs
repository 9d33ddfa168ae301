import { weightedFusion } from '../../../apps/retrieval/src/fusion/index.ts';
import { rerankFeatureNames, rerankFeatures } from '../../../apps/retrieval/src/rerank/features.ts';

/** What fusion.mjs found to hold up on all three collections: BM25 counts for 4 where each embedder counts for 3. */
const shipped = { normalisation: 'zScore', weights: { lexical: 4 / 3 } };

export const fuseArms = (arms) =>
  weightedFusion(
    Object.entries(arms).map(([arm, hits]) => ({
      arm,
      items: hits.map(({ ordinal, score }) => ({ id: ordinal, score })),
    })),
    shipped,
  );

/** The queries of a collection with their fused candidates, features and labels, and how long the features took. */
export function rerankExamples(collection, embedders, arms, count = 50) {
  const durations = [];
  const examples = collection.queries.map(({ text }, at) => {
    const fused = fuseArms(arms[at]);
    const candidates = fused.slice(0, count).map((each) => asCandidate(collection, embedders, each));
    const query = { terms: collection.index.terms(text, { language: collection.language }) };
    const start = performance.now();
    const features = rerankFeatures(query, candidates).map((row) => rerankFeatureNames.map((name) => row[name]));
    durations.push(performance.now() - start);
    const relevant = new Set(collection.relevant[at]);
    const labels = candidates.map(({ ordinal }) => (relevant.has(ordinal) ? 1 : 0));
    return { fused, features, labels };
  });
  return { examples, durations };
}

function asCandidate({ language, documents, vectors }, embedders, { id, score }) {
  const { title, headings, text } = documents[id];
  const own = Object.fromEntries(embedders.map((embedder) => [embedder, vectors[embedder].documents[id]]));
  return { ordinal: id, score, title, headingPath: headings, text, language, vectors: own };
}

/** Candidates by the weighted sum of their features, the rest of the fused list behind them. */
export function reorder({ fused, features }, weights) {
  const scored = features.map((row, at) => ({
    id: fused[at].id,
    score: row.reduce((sum, value, i) => sum + value * weights[i], 0),
  }));
  const order = scored.sort((one, other) => other.score - one.score);
  return [...order, ...fused.slice(features.length)].map(({ id }) => id);
}
