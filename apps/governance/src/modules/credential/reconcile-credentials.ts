import { type Database, systemTenant } from '@llmops/db';
import { DATABASE, LOGGER, type Logger, NATS, type Nats } from '@llmops/platform';
import { ensureBucket } from '@llmops/platform/kv';
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
    const live = await this.database.tx(systemTenant, async (tx) => [
      ...(await this.credentials.ofApiKeys(tx)),
      ...(await this.credentials.ofSessions(tx)),
    ]);
    const missing = live.filter(([hash]) => !present.has(hash));
    for (const [hash, facts] of missing) await bucket.put(hash, encodeCredential(facts));
    const stale = [...present].filter((hash) => !live.some(([known]) => known === hash));
    for (const hash of stale) await bucket.delete(hash);
    const counts = { put: missing.length, deleted: stale.length };
    this.log.info(counts, 'credentials reconciled');
    return counts;
  }
}
