import { type Database, systemTenant } from '@llmops/db';
import { DATABASE, LOGGER, type Logger, NATS, type Nats } from '@llmops/platform';
import { ensureBucket } from '@llmops/platform/kv';
import { JetStreamApiError } from '@nats-io/jetstream';
import type { KV } from '@nats-io/kv';
import { Inject, Injectable } from '@nestjs/common';
import { CredentialRepository } from './credential.repository.ts';
import { credentialsBucket, encodeCredential } from './credential.ts';

/** Brings the bucket in line with the database, which is the truth: after NATS lost its state, or a key ran out. */
@Injectable()
export class ReconcileCredentials {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(NATS) private readonly nats: Nats,
    @Inject(LOGGER) private readonly log: Logger,
    private readonly credentials: CredentialRepository,
  ) {}

  async run(): Promise<{ put: number; deleted: number }> {
    const bucket = await ensureBucket(this.nats, credentialsBucket);
    const present = new Set<string>();
    for await (const key of await bucket.keys()) present.add(key);
    const live = await this.database.tx(
      systemTenant,
      async (tx) => new Map([...(await this.credentials.ofApiKeys(tx)), ...(await this.credentials.ofSessions(tx))]),
    );
    let put = 0;
    for (const [hash, facts] of live) {
      if (!present.has(hash) && (await putFirst(bucket, hash, encodeCredential(facts)))) put += 1;
    }
    const stale = [...present].filter((hash) => !live.has(hash));
    for (const hash of stale) await bucket.delete(hash);
    const counts = { put, deleted: stale.length };
    this.log.info(counts, 'credentials reconciled');
    return counts;
  }
}

const wrongLastSequence = 10071;

/** Only where nothing was written before: a key that is revoked while we run must not come back to life. */
async function putFirst(bucket: KV, key: string, value: string): Promise<boolean> {
  try {
    await bucket.put(key, value, { previousSeq: 0 });
    return true;
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === wrongLastSequence) return false;
    throw error;
  }
}
