import { Counter, Gauge, Histogram } from 'prom-client';

export const documentsByState = new Gauge({
  name: 'retrieval_documents',
  help: 'Documents in index versions that are kept, by state',
  labelNames: ['state'],
});

export const embedQueueDepth = new Gauge({
  name: 'retrieval_embed_queue_depth',
  help: 'Texts that wait to be sent to inference',
});

export const embedSeconds = new Histogram({
  name: 'retrieval_embed_batch_seconds',
  help: 'Time until inference answered with a batch of embeddings',
  labelNames: ['model'],
  buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
});

export const embeddedTexts = new Counter({
  name: 'retrieval_embedded_texts_total',
  help: 'Texts whose embedding was computed; those that were known already are not counted',
  labelNames: ['model'],
});

export const stageSeconds = new Histogram({
  name: 'retrieval_ingest_stage_seconds',
  help: 'Time that documents spend in a stage of being indexed, waiting for their turn included',
  labelNames: ['stage'],
  buckets: [0.01, 0.05, 0.25, 1, 2.5, 5, 15, 60, 300],
});

export const ingestedDocuments = new Counter({
  name: 'retrieval_ingested_documents_total',
  help: 'Documents that came to an end, by how: indexed, failed, deleted',
  labelNames: ['outcome'],
});
