import { Counter, Histogram } from 'prom-client';

export const searchSeconds = new Histogram({
  name: 'retrieval_search_seconds',
  help: 'Time of a search, its embedder included',
  labelNames: ['arms'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
});

export const missingArms = new Counter({
  name: 'retrieval_search_missing_arms_total',
  help: 'Arms of searches that could not take part',
  labelNames: ['arm'],
});

export const contexts = new Counter({
  name: 'retrieval_contexts_total',
  help: 'Contexts that were asked for, by how it ended: answered, refused',
  labelNames: ['outcome'],
});
