import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@llmops/platform';
import type { INestMicroservice } from '@nestjs/common';
import { PublishPrices } from './modules/price/index.ts';
import { ApplyRetention, CallsConsumer } from './modules/usage/index.ts';

const hourMs = 3_600_000;
const retryMs = 1_000;

/** What runs beside the calls: the price list, the consumer, retention every hour. Each begins when what it needs is there. */
export function startBackground({ app, log }: { app: INestMicroservice; log: Logger }) {
  const consumer = app.get(CallsConsumer);
  const prices = app.get(PublishPrices);
  const stopping = new AbortController();

  const untilDone = async (what: string, work: () => Promise<void>) => {
    while (!stopping.signal.aborted) {
      try {
        return await work();
      } catch (error) {
        log.warn({ err: error }, `${what} failed; trying again`);
        await sleep(retryMs, undefined, { signal: stopping.signal }).catch(() => {});
      }
    }
  };
  const retain = () => untilDone('retention', () => app.get(ApplyRetention).run());

  const started = untilDone('starting the consumer', () => consumer.start());
  const published = untilDone('publishing prices', () => prices.run());
  let retaining = retain();
  const timer = setInterval(() => {
    retaining = retaining.then(retain);
  }, hourMs);

  return {
    consuming: () => consumer.running,
    priced: () => prices.done,
    stop: async () => {
      stopping.abort();
      clearInterval(timer);
      await Promise.all([started, published, retaining]);
      await consumer.stop();
    },
  };
}
