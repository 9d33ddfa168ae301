import { createHash } from 'node:crypto';
import { toJsonString } from '@bufbuild/protobuf';
import { PriceSchema } from '@llmops/contracts/cost/v1/cost';
import { LOGGER, type Logger, NATS, type Nats } from '@llmops/platform';
import { ensureBucket } from '@llmops/platform/kv';
import { priceKey, pricesBucket, priceVersionKey } from '@llmops/platform/pricing';
import type { KV } from '@nats-io/kv';
import { Inject, Injectable } from '@nestjs/common';
import { PriceList } from './price-list.ts';
import { toPrice } from './to-price.ts';

/** Puts under way at once: one by one, thousands of them would take seconds. */
const window = 500;

/** Brings the bucket `prices` to the shipped list, so that every gateway prices in memory. */
@Injectable()
export class PublishPrices {
  #done = false;

  constructor(
    @Inject(NATS) private readonly nats: Nats,
    @Inject(LOGGER) private readonly log: Logger,
    private readonly prices: PriceList,
  ) {}

  get done(): boolean {
    return this.#done;
  }

  /** Nothing to do when the marker names this list. It is written last, and replicas that do this at once do the same. */
  async run(): Promise<void> {
    const kv = await ensureBucket(this.nats, pricesBucket);
    const entries = this.#entries();
    const version = versionOf(entries);
    const present = await kv.get(priceVersionKey);
    if (present?.operation !== 'PUT' || present.string() !== version) {
      const startMs = Date.now();
      if (present) await this.#deleteOthers(kv, entries);
      await this.#inWindows([...entries], ([key, value]) => kv.put(key, value));
      await kv.put(priceVersionKey, version);
      this.log.info({ prices: entries.size, version, ms: Date.now() - startMs }, 'prices published');
    }
    this.#done = true;
  }

  #entries(): Map<string, string> {
    return new Map(this.prices.all().map((price) => [priceKey(price.key), toJsonString(PriceSchema, toPrice(price))]));
  }

  async #deleteOthers(kv: KV, entries: ReadonlyMap<string, string>): Promise<void> {
    const stale: string[] = [];
    for await (const key of await kv.keys()) if (key !== priceVersionKey && !entries.has(key)) stale.push(key);
    await this.#inWindows(stale, (key) => kv.delete(key));
  }

  async #inWindows<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
    for (let i = 0; i < items.length; i += window) await Promise.all(items.slice(i, i + window).map(work));
  }
}

/** The list's version and what is in it: other rules for keys are another version too. */
function versionOf(entries: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256');
  for (const [key, value] of entries) hash.update(`${key} ${value}\n`);
  return hash.digest('hex').slice(0, 16);
}
