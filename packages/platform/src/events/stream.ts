import { JetStreamApiError, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import type { Nats } from '../nats/index.ts';

export interface StreamOptions {
  name: string;
  subjects: string[];
  /** Facts are kept this long whether read or not; a work queue drops a message when it is done. */
  maxAgeMs?: number;
  workQueue?: boolean;
}

const alreadyInUse = 10058;

/** Makes the stream, or brings an older one to these settings. Messages with the same `Nats-Msg-Id` within 10 minutes are one. */
export async function ensureStream(nats: Nats, options: StreamOptions): Promise<void> {
  const manager = await nats.manager();
  const config = {
    name: options.name,
    subjects: options.subjects,
    storage: StorageType.File,
    retention: options.workQueue ? RetentionPolicy.Workqueue : RetentionPolicy.Limits,
    max_age: nanos(options.maxAgeMs ?? 7 * 24 * 3_600_000),
    duplicate_window: nanos(10 * 60_000),
  };
  try {
    await manager.streams.add(config);
  } catch (error) {
    if (!(error instanceof JetStreamApiError) || error.code !== alreadyInUse) throw error;
    await manager.streams.update(options.name, config);
  }
}
