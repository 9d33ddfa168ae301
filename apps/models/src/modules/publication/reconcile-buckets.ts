import { type Database, deleteKey, type OutboxMessage, putKey, systemTenant, type Transaction } from '@llmops/db';
import { DATABASE, LOGGER, type Logger, NATS, type Nats } from '@llmops/platform';
import { Outbox } from '@llmops/platform/events';
import { ensureBucket } from '@llmops/platform/kv';
import { Inject, Injectable } from '@nestjs/common';
import { ArtifactRepository, artifactEntry, artifactsBucket, routeEntry } from '../artifact/index.ts';
import { CATALOGUE, type CatalogueEntry, digestOf } from '../catalogue/index.ts';
import { ProviderRepository, providerRoutes } from '../provider/index.ts';
import { routesBucket } from '../route/index.ts';

type Entries = Map<string, string>;

/** Brings the buckets in line with the database, which is the truth: after NATS lost its state, or an upgrade. */
@Injectable()
export class ReconcileBuckets {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(NATS) private readonly nats: Nats,
    @Inject(LOGGER) private readonly log: Logger,
    @Inject(CATALOGUE) private readonly catalogue: readonly CatalogueEntry[],
    private readonly outbox: Outbox,
    private readonly artifacts: ArtifactRepository,
    private readonly providers: ProviderRepository,
  ) {}

  /** Corrections go through the outbox, behind the changes of transactions that were before this one. */
  async run(): Promise<{ put: number; deleted: number }> {
    const present = { routes: await this.#read(routesBucket), artifacts: await this.#read(artifactsBucket) };
    const counts = { put: 0, deleted: 0 };
    await this.database.tx(systemTenant, async (tx) => {
      const wanted = await this.#wanted(tx);
      for (const [bucket, found, right] of [
        [artifactsBucket, present.artifacts, wanted.artifacts],
        [routesBucket, present.routes, wanted.routes],
      ] as const) {
        const { puts, deletes } = corrections(bucket, found, right);
        await this.outbox.add(tx, ...puts, ...deletes);
        counts.put += puts.length;
        counts.deleted += deletes.length;
      }
    });
    this.outbox.poke();
    this.log.info(counts, 'buckets reconciled');
    return counts;
  }

  async #wanted(tx: Transaction): Promise<{ routes: Entries; artifacts: Entries }> {
    const routes: Entries = new Map();
    const artifacts: Entries = new Map();
    const rows = await this.artifacts.all(tx);
    for (const entry of this.catalogue) {
      const row = rows.get(entry.id)?.artifact;
      if (!row?.readyTime || row.digest !== digestOf(entry.files)) continue;
      artifacts.set(...artifactEntry(entry));
      routes.set(...routeEntry(entry, row.readyTime));
    }
    for (const row of await this.providers.all(tx)) {
      for (const route of providerRoutes(row)) routes.set(...route);
    }
    return { routes, artifacts };
  }

  async #read(name: string): Promise<Entries> {
    const bucket = await ensureBucket(this.nats, name);
    const entries: Entries = new Map();
    for await (const key of await bucket.keys()) {
      const entry = await bucket.get(key);
      if (entry?.operation === 'PUT') entries.set(key, entry.string());
    }
    return entries;
  }
}

function corrections(bucket: string, found: Entries, right: Entries): Record<'puts' | 'deletes', OutboxMessage[]> {
  const wrong = [...right].filter(([key, value]) => found.get(key) !== value);
  const stale = [...found.keys()].filter((key) => !right.has(key));
  return {
    puts: wrong.map(([key, value]) => putKey(bucket, key, value)),
    deletes: stale.map((key) => deleteKey(bucket, key)),
  };
}
