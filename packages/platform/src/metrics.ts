import { collectDefaultMetrics, Histogram, register } from 'prom-client';

collectDefaultMetrics();

/** Served at /metrics. */
export const metrics = register;

export const rpcDuration = new Histogram({
  name: 'rpc_server_duration_seconds',
  help: 'Time to answer a gRPC call, by method and code',
  labelNames: ['method', 'code'],
  buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 2, 10, 60],
});
