import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@llmops/platform';
import type { INestMicroservice } from '@nestjs/common';
import { CallsConsumer } from './modules/ingest/index.ts';
import { ApplyRetention } from './modules/retention/index.ts';

const hourMs = 3_600_000;
const retryMs = 1_000;

/** What runs beside the calls: the consumer, and retention every hour. Both begin when what they need is there. */
export function startBackground({ app, log }: { app: INestMicroservice; log: Logger }) {
  const consumer = app.get(CallsConsumer);
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
  let retaining = retain();
  const timer = setInterval(() => {
    retaining = retaining.then(retain);
  }, hourMs);

  return {
    consuming: () => consumer.running,
    stop: async () => {
      stopping.abort();
      clearInterval(timer);
      await Promise.all([started, retaining]);
      await consumer.stop();
    },
  };
}
