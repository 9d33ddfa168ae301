import { startTask } from '@llmops/platform';
import type { StartedService } from '@llmops/platform/database-service';
import { PublishPrices } from './modules/price/index.ts';
import { ApplyRetention, CallsConsumer } from './modules/usage/index.ts';

const hourMs = 3_600_000;

/** What runs beside the calls: the price list, the consumer, retention every hour. Each begins when what it needs is there. */
export function startBackground({ app, log }: StartedService): () => Promise<void> {
  const consumer = app.get(CallsConsumer);
  const tasks = [
    startTask({ log, name: 'starting the consumer', run: () => consumer.start() }),
    startTask({ log, name: 'publishing prices', run: () => app.get(PublishPrices).run() }),
    startTask({ log, name: 'retention', run: () => app.get(ApplyRetention).run(), everyMs: hourMs }),
  ];
  return async () => {
    await Promise.all(tasks.map((stop) => stop()));
    await consumer.stop();
  };
}
