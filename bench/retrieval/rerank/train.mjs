/**
 * Fits the reranker and says what it is worth: `node train.mjs ROOT [embedder…]`, default `minilm me5`.
 * Per collection: learned on one half and measured on the other, both ways; learned on one other collection; and the
 * weights that ship, learned on SciFact and NATS headings with both embedders, never on XQuAD.
 */
import { rerankFeatureNames } from '../../../apps/retrieval/src/rerank/features.ts';
import { rerankWeights } from '../../../apps/retrieval/src/rerank/weights.ts';
import { loadCollection, searchArms } from './collection.mjs';
import { reorder, rerankExamples } from './examples.mjs';
import { fitWeights } from './fit.mjs';
import { twoFolds } from './folds.mjs';
import { evaluate, print } from './report.mjs';

const [root, ...named] = process.argv.slice(2);
const embedders = named.length > 0 ? named : ['minilm', 'me5'];
const trainedOn = ['scifact', 'nats'];
const loaded = new Map();
for (const name of ['scifact', 'nats', 'xquad']) {
  const collection = loadCollection(root, name, embedders);
  const arms = searchArms(collection, embedders, 100);
  loaded.set(name, { collection, arms, ...rerankExamples(collection, embedders, arms) });
}

console.log(`${embedders.join(' + ')}: nDCG@10, recall@100, hit@1, change of nDCG@10 [95 %], p, wins/ties/losses`);
for (const [name, { collection, arms, examples, durations }] of loaded) {
  for (const arm of Object.keys(arms[0])) {
    print(
      `${name} ${arm}`,
      evaluate(
        collection,
        arms.map((hits) => hits[arm].map(({ ordinal }) => ordinal)),
      ),
    );
  }
  const base = evaluate(
    collection,
    examples.map(({ fused }) => fused.map(({ id }) => id)),
  );
  print(`${name} fused`, base);
  const measure = (what, weightsOf) =>
    print(
      `${name} ${what}`,
      evaluate(
        collection,
        examples.map((example, at) => reorder(example, weightsOf(at))),
      ),
      base,
    );
  for (const seed of [1, 2, 3]) {
    const fold = twoFolds(collection.groups, seed);
    const halves = [0, 1].map((half) => fitWeights(examples.filter((_, at) => fold[at] !== half)));
    measure(`two-fold, seed ${seed}`, (at) => halves[fold[at]]);
  }
  for (const other of trainedOn.filter((each) => each !== name)) {
    const weights = fitWeights(loaded.get(other).examples);
    measure(`learned on ${other}`, () => weights);
  }
  measure('shipped weights', () => rerankFeatureNames.map((feature) => rerankWeights[feature]));
  const sorted = durations.toSorted((one, two) => one - two);
  const [p50, p95] = [0.5, 0.95].map((share) => sorted[Math.floor(sorted.length * share)].toFixed(1));
  console.log(`${name} features of 50 candidates: p50 ${p50} ms, p95 ${p95} ms`);
}
const weights = fitWeights(trainedOn.flatMap((name) => loaded.get(name).examples));
console.log(`learned on ${trainedOn.join(' and ')}:`);
console.log(Object.fromEntries(rerankFeatureNames.map((name, i) => [name, Number(weights[i].toFixed(2))])));
