import { Histogram } from 'prom-client';

export const callDuration = new Histogram({
  name: 'llmops_gateway_call_duration_seconds',
  help: 'Time of a model call from arrival to last byte, by operation and HTTP status',
  labelNames: ['operation', 'status'],
  buckets: [0.005, 0.025, 0.1, 0.5, 1, 2.5, 5, 10, 30, 120],
});

export const restDuration = new Histogram({
  name: 'llmops_gateway_rest_duration_seconds',
  help: 'Time of a REST request, by method and HTTP status',
  labelNames: ['method', 'status'],
  buckets: [0.005, 0.025, 0.1, 0.5, 2.5, 10],
});
