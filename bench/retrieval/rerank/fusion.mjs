/**
 * Which fusion to ship: `node fusion.mjs ROOT EMBEDDER[,EMBEDDER] [collection…]`, by default SciFact, NATS headings and
 * English XQuAD. Every way on every collection, and what choosing on one half of SciFact gives on the other half.
 */
import { reciprocalRankFusion, weightedFusion } from '../../../apps/retrieval/src/fusion/index.ts';
import { loadCollection, searchArms } from './collection.mjs';
import { twoFolds } from './folds.mjs';
import { evaluate, print } from './report.mjs';

const [root, embedderList, ...named] = process.argv.slice(2);
const embedders = embedderList.split(',');
const names = named.length > 0 ? named : ['scifact', 'nats', 'xquad'];
const lexicalShares = embedders.length > 1 ? [0.25, 1 / 3, 0.4, 0.5, 0.6] : [0.4, 0.5, 4 / 7, 0.6, 0.7];

const weightsFor = (share) => ({
  lexical: share,
  ...Object.fromEntries(embedders.map((embedder) => [embedder, (1 - share) / embedders.length])),
});
const ways = [
  ...[2, 5, 10, 20, 60].map((k) => [`rrf k ${k}`, 100, (lists) => reciprocalRankFusion(lists, { k })]),
  ...['minMax', 'zScore'].flatMap((normalisation) =>
    [50, 100, 200].flatMap((depth) =>
      lexicalShares.map((share) => [
        `${normalisation} lexical ${share.toFixed(2)} of ${depth}`,
        depth,
        (lists) => weightedFusion(lists, { normalisation, weights: weightsFor(share) }),
      ]),
    ),
  ),
];

const asLists = (arms, depth) =>
  Object.entries(arms).map(([arm, hits]) => ({
    arm,
    items: hits.slice(0, depth).map(({ ordinal, score }) => ({ id: ordinal, score })),
  }));

for (const name of names) {
  const collection = loadCollection(root, name, embedders);
  const arms = searchArms(collection, embedders, 200);
  for (const arm of Object.keys(arms[0])) {
    const alone = arms.map((hits) => hits[arm].map(({ ordinal }) => ordinal));
    print(`${name} ${arm}`, evaluate(collection, alone));
  }
  const evaluations = ways.map(([what, depth, fuse]) => {
    const rankings = arms.map((each) => fuse(asLists(each, depth)).map(({ id }) => id));
    const evaluation = evaluate(collection, rankings);
    print(`${name} ${what}`, evaluation);
    return { what, rankings, values: collection.queries.map((_, at) => evaluation.queries.get(`q${at}`).ndcg_cut_10) };
  });
  if (name === 'scifact') for (const seed of [1, 2, 3]) chooseOnHalf(collection, evaluations, seed);
}

function chooseOnHalf(collection, evaluations, seed) {
  const fold = twoFolds(collection.groups, seed);
  const chosen = [0, 1].map((half) => {
    const total = ({ values }) => values.reduce((sum, value, at) => (fold[at] === half ? sum : sum + value), 0);
    return evaluations.toSorted((one, other) => total(other) - total(one))[0];
  });
  const rankings = fold.map((half, at) => chosen[half].rankings[at]);
  print(`scifact chosen on the other half, seed ${seed}`, evaluate(collection, rankings));
  console.log(`  chose: ${chosen.map(({ what }) => what).join('; ')}`);
}
