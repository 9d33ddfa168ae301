import { SourceDeletedSchema, SourceSyncedSchema } from '@llmops/contracts/data/v1/source';
import { LOGGER, type Logger, NATS, type Nats } from '@llmops/platform';
import { consumeEvents, type RunningConsumer } from '@llmops/platform/events';
import { Inject, Injectable } from '@nestjs/common';
import { NoteSourceChange } from './note-source-change.ts';

const synced = 'retrieval__source-synced';
const deleted = 'retrieval__source-deleted';

/** Syncs and deletions of sources, for the knowledge bases that follow them. */
@Injectable()
export class SourceConsumer {
  readonly #consumers: RunningConsumer[] = [];

  constructor(
    @Inject(NATS) private readonly nats: Nats,
    @Inject(LOGGER) private readonly log: Logger,
    private readonly note: NoteSourceChange,
  ) {}

  get running(): boolean {
    return this.#consumers.length === 2;
  }

  /** Throws when the stream cannot be made now; safe to call again. */
  async start(): Promise<void> {
    const { nats, log } = this;
    if (this.#consumers.length === 0) {
      this.#consumers.push(
        await consumeEvents({
          ...{ nats, log, event: SourceSyncedSchema, durable: synced, batch: 1 },
          check: ({ project, source, sync }) => requireFacts(project, source, sync?.id),
          handle: async ([event]) => {
            const { organizationId, project: projectId, source, sync } = event!.data;
            await this.note.run(synced, event!.id, { organizationId, projectId, source, sync: sync!.id });
          },
        }),
      );
    }
    if (this.#consumers.length === 1) {
      this.#consumers.push(
        await consumeEvents({
          ...{ nats, log, event: SourceDeletedSchema, durable: deleted, batch: 1 },
          check: ({ project, source }) => requireFacts(project, source, 'none'),
          handle: async ([event]) => {
            const { organizationId, project: projectId, source } = event!.data;
            await this.note.run(deleted, event!.id, { organizationId, projectId, source, sync: undefined });
          },
        }),
      );
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.#consumers.map((consumer) => consumer.stop()));
  }
}

function requireFacts(project: string, source: string, sync: string | undefined): void {
  if (!project || !source || !sync) throw new Error('an event of a source needs project, source and sync');
}
