import { Gauge } from 'prom-client';
import type { EngineDescription } from '../../engine/engine.ts';
import type { EngineRegistry } from './engine-registry.ts';

const FIGURES: [name: string, help: string, read: (engine: EngineDescription) => number][] = [
  ['inference_ready', '1 while the replica takes requests', ({ state }) => Number(state === 'ready')],
  ['inference_slots', 'Requests the replica works on at once', ({ slots }) => slots],
  ['inference_busy_slots', 'Requests the replica works on now', ({ busySlots }) => busySlots],
  ['inference_queued_requests', 'Requests that wait for a slot', ({ queued }) => queued],
  ['inference_generated_tokens', 'Tokens generated since start', ({ generatedTokens }) => generatedTokens],
  [
    'inference_rejected_requests',
    'Requests refused because the queue was full, since start',
    ({ rejected }) => rejected,
  ],
  ['inference_expired_requests', 'Requests whose deadline passed in the queue, since start', ({ expired }) => expired],
  ['inference_restarts', 'Times the replica was lost and started again', ({ restarts }) => restarts],
  ['inference_memory_bytes', 'Resident memory of the replica', ({ memoryBytes }) => memoryBytes],
];

/** Figures of all replicas at /metrics, read when asked for. */
export function exportMetrics(registry: EngineRegistry): void {
  for (const [name, help, read] of FIGURES) {
    new Gauge({
      name,
      help,
      labelNames: ['model'],
      collect() {
        this.reset();
        for (const engine of registry.describe()) this.set({ model: engine.model }, read(engine));
      },
    });
  }
}
