import { create, fromBinary, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import {
  ListTracesResponseSchema,
  type TraceSummary,
  TraceSummarySchema,
} from '@llmops/contracts/observability/v1/trace';
import { LOGGER, type Logger, NATS, type Nats } from '@llmops/platform';
import type { Subscription } from '@nats-io/transport-node';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';

export interface LiveTrace {
  project: string;
  summary: MessageInitShape<typeof TraceSummarySchema>;
}

/** A watcher that does not keep up loses the oldest of what it has not read. */
const maxWaiting = 1_000;
const perMessage = 200;

/** Project ids are ours, but a subject must not break on any. */
const subjectOf = (project: string) => `llmops.observability.live.${Buffer.from(project).toString('base64url')}`;

/**
 * Written calls, told to watchers at every replica through core NATS (also the one that wrote them: there is one path).
 * Nothing is kept: who does not watch misses it, and the list has it all.
 */
@Injectable()
export class LiveTraces implements OnApplicationShutdown {
  readonly #stopping = new AbortController();

  constructor(
    @Inject(NATS) private readonly nats: Nats,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  publish(traces: readonly LiveTrace[]): void {
    for (const [project, summaries] of Map.groupBy(traces, (trace) => trace.project)) {
      for (let i = 0; i < summaries.length; i += perMessage) {
        const part = summaries.slice(i, i + perMessage).map(({ summary }) => create(TraceSummarySchema, summary));
        try {
          const payload = toBinary(ListTracesResponseSchema, create(ListTracesResponseSchema, { traces: part }));
          this.nats.connection.publish(subjectOf(project), payload);
        } catch (error) {
          this.log.debug({ err: error }, 'live traces not told');
        }
      }
    }
  }

  /** A project's traces as they are written, until `signal` aborts or the service stops. */
  async *watch(project: string, signal: AbortSignal): AsyncIterable<TraceSummary> {
    const waiting: TraceSummary[] = [];
    let wake = () => {};
    const ended = AbortSignal.any([signal, this.#stopping.signal]);
    const subscription: Subscription = this.nats.connection.subscribe(subjectOf(project), {
      callback: (_error, message) => {
        waiting.push(...fromBinary(ListTracesResponseSchema, message.data).traces);
        if (waiting.length > maxWaiting) waiting.splice(0, waiting.length - maxWaiting);
        wake();
      },
    });
    ended.addEventListener('abort', () => wake(), { once: true });
    try {
      while (!ended.aborted) {
        const next = waiting.shift();
        if (next) yield next;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      subscription.unsubscribe();
    }
  }

  onApplicationShutdown(): void {
    this.end();
  }

  /** Ends every watch, so that a drain need not wait for them. */
  end(): void {
    this.#stopping.abort();
  }
}
