import { setTimeout as sleep } from 'node:timers/promises';
import { type KV, Kvm } from '@nats-io/kv';
import type { Logger } from '../logging/index.ts';
import type { Nats } from '../nats/index.ts';

/** A KV bucket held in memory: reads cost a map look-up, changes arrive within milliseconds. */
export interface WatchedBucket<V> {
  readonly entries: ReadonlyMap<string, V>;
  get(key: string): V | undefined;
  /** True once the bucket's state at the time of the first watch is here. */
  readonly ready: boolean;
  stop(): void;
}

export const bucketOptions = { history: 1, max_bytes: 256 << 20 };

const lookMs = 5_000;

/** Makes the bucket when it is not there. */
export const ensureBucket = (nats: Nats, bucket: string): Promise<KV> =>
  new Kvm(nats.jetstream).create(bucket, bucketOptions);

export interface WatchOptions<V> {
  nats: Nats;
  log: Logger;
  bucket: string;
  /** The value of an entry; an entry that does not decode is logged and left out. */
  decode: (text: string, key: string) => V;
  /** Called after each change. */
  changed?: (key: string, value: V | undefined) => void;
}

/** Watches a bucket until stopped; a watch that ends (NATS restarted, bucket recreated) is made again from the start. */
export function watchBucket<V>({ nats, log, bucket, decode, changed }: WatchOptions<V>): WatchedBucket<V> {
  const entries = new Map<string, V>();
  let ready = false;
  let stopped = false;
  let stopWatch = () => {};

  const apply = (key: string, text: string | undefined) => {
    if (text === undefined) {
      entries.delete(key);
    } else {
      try {
        entries.set(key, decode(text, key));
      } catch (error) {
        log.error({ err: error, bucket, key }, 'entry does not decode');
        return;
      }
    }
    changed?.(key, entries.get(key));
  };

  const watchOnce = async () => {
    const kv = await ensureBucket(nats, bucket);
    const present = new Set<string>();
    const watch = await kv.watch();
    const { values, streamInfo } = await kv.status();
    const settle = () => {
      // Deleted while we were not watching.
      for (const key of entries.keys()) if (!present.has(key)) apply(key, undefined);
      ready = true;
    };
    stopWatch = () => watch.stop();
    if (values === 0) settle();
    let settled = values === 0;
    // The client follows a bucket made anew from where the old one ended, and so misses what is in it.
    const stale = async () => (await kv.status()).streamInfo.created !== streamInfo.created;
    const look = setInterval(
      () =>
        void stale().then(
          (is) => is && watch.stop(),
          () => {},
        ),
      lookMs,
    );
    try {
      for await (const entry of watch) {
        if (entry.operation === 'PUT') present.add(entry.key);
        apply(entry.key, entry.operation === 'PUT' ? entry.string() : undefined);
        // Nothing is left to come that was there before.
        if (!settled && entry.delta === 0) {
          settled = true;
          settle();
        }
      }
    } finally {
      clearInterval(look);
    }
  };

  const run = async () => {
    while (!stopped) {
      await watchOnce().catch((error: unknown) => log.warn({ err: error, bucket }, 'watch ended; starting it again'));
      if (!stopped) await sleep(300);
    }
  };
  void run();

  return {
    entries,
    get: (key) => entries.get(key),
    get ready() {
      return ready;
    },
    stop: () => {
      stopped = true;
      stopWatch();
    },
  };
}
