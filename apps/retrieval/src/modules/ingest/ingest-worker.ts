import type { Database } from '@llmops/db';
import { systemTenant } from '@llmops/db';
import { DATABASE, LOGGER, type Logger, newId } from '@llmops/platform';
import { Inject, Injectable } from '@nestjs/common';
import { WakeUp } from '../../wake-up.ts';
import { IngestDocument } from './ingest-document.ts';
import { type Work, type WorkContent, WorkListRepository, type WorkState } from './work-list.repository.ts';

/** Documents at once: plain text, enough to keep an embedder's batches full; and those that parser processes read. */
const room = [256, 16] as const;
const idleMs = 1_000;
const reportMs = 500;
/** Leases are for 30 s. */
const heartbeatMs = 8_000;

interface Running {
  work: Work;
  state: WorkState;
  /** As the row says. */
  told: WorkState;
  toldAt: number;
  controller: AbortController;
  done: Promise<void>;
}

/** Works through the lists of all index versions, all projects in turn. */
@Injectable()
export class IngestWorker {
  readonly #owner = newId('wrk');
  readonly #running = new Set<Running>();
  readonly #stopping = new AbortController();
  #turn = 0;
  #loops: Promise<unknown> | undefined;

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(LOGGER) private readonly log: Logger,
    private readonly wakeUp: WakeUp,
    private readonly ingest: IngestDocument,
    private readonly list: WorkListRepository,
  ) {}

  start(): void {
    this.#loops = Promise.all([this.#claiming(), this.#reporting()]);
  }

  /** Puts down what is in work. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const { controller } of this.#running) controller.abort();
    await this.#loops;
    await Promise.all([...this.#running].map(({ done }) => done));
  }

  async #claiming(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      let taken = 0;
      try {
        taken = (await this.#fill(0)) + (await this.#fill(1));
      } catch (error) {
        if (!signal.aborted) this.log.warn({ err: error }, 'the list of work could not be read; trying again');
      }
      if (taken === 0) await this.wakeUp.wait(idleMs, signal);
    }
  }

  /** Takes up what there is room for, from each version its share. Returns how many. */
  async #fill(lane: 0 | 1): Promise<number> {
    let free = room[lane] - this.#count(lane);
    // Few free places are not worth a look.
    if (free < room[lane] / 4) return 0;
    const versions = await this.database.tx(systemTenant, (tx) => this.list.busyVersions(tx, lane));
    this.#turn += 1;
    let taken = 0;
    for (let i = 0; i < versions.length && free > 0; i += 1) {
      const versionId = versions[(i + this.#turn) % versions.length]!;
      const limit = Math.ceil(free / (versions.length - i));
      const begun = await this.#take(versionId, lane, limit);
      free -= begun;
      taken += begun;
    }
    return taken;
  }

  async #take(versionId: string, lane: number, limit: number): Promise<number> {
    const { works, contents } = await this.database.tx(systemTenant, async (tx) => {
      const claimed = await this.list.claim(tx, { versionId, lane, owner: this.#owner, limit });
      const ids = claimed.filter(({ deleting }) => !deleting).map(({ documentId }) => documentId);
      return { works: claimed, contents: await this.list.contents(tx, ids) };
    });
    for (const work of works) this.#begin(work, contents.get(work.documentId));
    return works.length;
  }

  #begin(work: Work, content: WorkContent | undefined): void {
    const controller = new AbortController();
    if (this.#stopping.signal.aborted) controller.abort();
    const first: WorkState = work.deleting ? 'deleting' : 'parsing';
    const running: Running = {
      ...{ work, controller, state: first, told: first, toldAt: Date.now() },
      done: Promise.resolve(),
    };
    this.#running.add(running);
    const onStage = (state: WorkState) => {
      running.state = state;
    };
    running.done = this.ingest.run(this.#owner, work, content, controller.signal, onStage).finally(() => {
      this.#running.delete(running);
      if (this.#count(work.lane) <= room[work.lane as 0 | 1] / 2) this.wakeUp.wake();
    });
  }

  async #reporting(): Promise<void> {
    const { signal } = this.#stopping;
    const clock = new WakeUp();
    while (!signal.aborted) {
      await clock.wait(reportMs, signal);
      await this.#report().catch((error: unknown) => {
        this.log.warn({ err: error }, 'progress could not be written; trying again');
      });
    }
  }

  /** Writes what changed and what has to be said again to keep the leases; ends what others have taken over. */
  async #report(): Promise<void> {
    const now = Date.now();
    const due = [...this.#running].filter(({ state, told, toldAt }) => state !== told || now - toldAt > heartbeatMs);
    if (due.length === 0) return;
    const lost = await this.database.tx(systemTenant, (tx) => this.list.report(tx, this.#owner, due));
    for (const running of due) {
      running.told = running.state;
      running.toldAt = now;
    }
    for (const place of lost) due[place]!.controller.abort();
  }

  #count(lane: number): number {
    let count = 0;
    for (const { work } of this.#running) if (work.lane === lane) count += 1;
    return count;
  }
}
