import { Histogram } from 'prom-client';
import type { Operation } from './call/call.ts';

const callDuration = new Histogram({
  name: 'llmops_gateway_call_duration_seconds',
  help: 'Time of a model call from arrival to last byte, by operation and HTTP status',
  labelNames: ['operation', 'status'],
  buckets: [0.005, 0.025, 0.1, 0.5, 1, 2.5, 5, 10, 30, 120],
});

const series = new Map<string, { observe(seconds: number): void }>();

/** Observes a call's time. The series are remembered: finding one by its labels costs more than counting in it. */
export function observeCall(operation: Operation, httpStatus: number, seconds: number): void {
  const id = `${operation} ${httpStatus}`;
  let one = series.get(id);
  if (!one) {
    one = callDuration.labels({ operation, status: String(httpStatus) });
    series.set(id, one);
  }
  one.observe(seconds);
}

export const restDuration = new Histogram({
  name: 'llmops_gateway_rest_duration_seconds',
  help: 'Time of a REST request, by method and HTTP status',
  labelNames: ['method', 'status'],
  buckets: [0.005, 0.025, 0.1, 0.5, 2.5, 10],
});
