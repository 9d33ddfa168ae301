import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, isOutage } from '@llmops/db';
import { CONFIG, DATABASE, LOGGER, type Logger } from '@llmops/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { ServeConfig } from '../../config.ts';
import { Coalescer } from './coalescer.ts';
import { failureOf, mostCrashes, repeatedFailure } from './failure-of.ts';
import { ingestedDocuments, stageSeconds } from './ingest.metrics.ts';
import { INGEST_PROBE, type IngestProbe } from './ingest-probe.ts';
import { PrepareDocument } from './prepare-document.ts';
import { isPassing } from './retry.ts';
import { VersionLock } from './version-lock.ts';
import { type Work, type WorkContent, WorkListRepository, type WorkState } from './work-list.repository.ts';
import { EmbeddingsMissing, type Ending, WriteBatch } from './write-batch.ts';

interface Written {
  owner: string;
  ending: Ending;
  signal: AbortSignal;
}

const hourMs = 3_600_000;
const retryMs = 20_000;

@Injectable()
export class IngestDocument {
  readonly #endings = new Coalescer<Written, boolean>({
    maxItems: 128,
    maxWeight: 2_000,
    weigh: ({ ending }) => (ending.kind === 'indexed' ? ending.document.chunks.length : 0),
    maxInFlight: 1,
    run: (versionId, items) => this.#write(versionId, items),
  });

  constructor(
    @Inject(CONFIG) private readonly config: ServeConfig,
    @Inject(DATABASE) private readonly database: Database,
    @Inject(LOGGER) private readonly log: Logger,
    @Inject(INGEST_PROBE) private readonly probe: IngestProbe,
    private readonly prepare: PrepareDocument,
    private readonly batch: WriteBatch,
    private readonly lock: VersionLock,
    private readonly list: WorkListRepository,
  ) {}

  /** Takes one document into an index version, or puts it down to be taken up again. Never throws. */
  async run(
    owner: string,
    work: Work,
    content: WorkContent | undefined,
    signal: AbortSignal,
    onStage: (state: WorkState) => void,
  ): Promise<void> {
    const enter = async (state: WorkState) => {
      signal.throwIfAborted();
      onStage(state);
      await unlessAborted(this.probe(state, work.documentId), signal);
    };
    try {
      const ending = await this.#ending(work, content, signal, enter);
      if (!ending) return;
      await enter(ending.kind === 'deleted' ? 'deleting' : 'writing');
      const end = stageSeconds.startTimer({ stage: 'writing' });
      const written = await this.#endings.add(work.versionId, { owner, ending, signal });
      end();
      if (written) ingestedDocuments.inc({ outcome: ending.kind });
    } catch (error) {
      await this.#putDown(owner, work, error, signal);
    }
  }

  async #ending(
    work: Work,
    content: WorkContent | undefined,
    signal: AbortSignal,
    enter: (state: WorkState) => Promise<void>,
  ): Promise<Ending | undefined> {
    if (work.deleting) return { kind: 'deleted', work };
    // Deleted or replaced since: whoever did that has put it on the list anew.
    if (!content || content.generation !== work.generation) return undefined;
    if (work.crashes > mostCrashes) return { kind: 'failed', work, failure: repeatedFailure };
    const patienceMs = this.config.RETRIEVAL_EMBEDDING_PATIENCE_HOURS * hourMs;
    try {
      const document = await this.prepare.run(work, content, signal, enter);
      return { kind: 'indexed', work, sha256: content.sha256, document };
    } catch (error) {
      if (signal.aborted) throw error;
      const waitedMs = Date.now() - work.startTime.getTime();
      const failure = failureOf(error, { crashes: work.crashes, waitedMs, patienceMs });
      if (!failure) throw error;
      return { kind: 'failed', work, failure };
    }
  }

  async #write(versionId: string, items: Written[]): Promise<boolean[]> {
    const { owner, signal } = items[0]!;
    const endings = items.map(({ ending }) => ending);
    return this.lock.run(versionId, async () => {
      for (let backoffMs = 100; ; backoffMs = Math.min(backoffMs * 2, 2_000)) {
        try {
          return await this.batch.run(versionId, owner, endings);
        } catch (error) {
          // What is prepared is kept until it can be written; the leases say whether it still may.
          if (!(isOutage(error) || isContention(error)) || signal.aborted) throw error;
          this.log.warn({ err: error, versionId }, 'documents could not be written; trying again');
          await sleep(backoffMs);
        }
      }
    });
  }

  async #putDown(owner: string, work: Work, error: unknown, signal: AbortSignal): Promise<void> {
    const passing = signal.aborted || error instanceof EmbeddingsMissing;
    if (!passing) this.log.warn({ err: error, document: work.documentId, version: work.versionId }, 'document waits');
    const note = error instanceof Error && !passing ? error.message : '';
    const afterMs = passing ? 0 : retryMs * 2 ** Math.min(work.crashes, 4);
    const failed = !passing && !isPassing(error);
    await this.database
      .tx(work, (tx) => this.list.release(tx, owner, [work], { afterMs, failed, note }))
      // Its lease runs out instead.
      .catch((cause: unknown) => this.log.warn({ err: cause, document: work.documentId }, 'could not be put down'));
  }
}

/** Others were in the way: a deadlock, or a lock that took too long. */
const isContention = (error: unknown): boolean =>
  error instanceof Error && /^(40P01|40001|55P03)$/.test(String((error as { code?: unknown }).code));

const unlessAborted = (work: Promise<void>, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    work.then(resolve, reject);
  });
