import { startTask } from '@llmops/platform';
import type { StartedService } from '@llmops/platform/database-service';
import { CallsConsumer } from './modules/ingest/index.ts';
import { ApplyRetention } from './modules/retention/index.ts';

const hourMs = 3_600_000;

/** What runs beside the calls: the consumer, and retention every hour. Both begin when what they need is there. */
export function startBackground({ app, log }: StartedService): () => Promise<void> {
  const consumer = app.get(CallsConsumer);
  const tasks = [
    startTask({ log, name: 'starting the consumer', run: () => consumer.start() }),
    startTask({ log, name: 'retention', run: () => app.get(ApplyRetention).run(), everyMs: hourMs }),
  ];
  return async () => {
    await Promise.all(tasks.map((stop) => stop()));
    await consumer.stop();
  };
}
