import { type Call, CallsCompletedSchema } from '@llmops/contracts/gateway/v1/call';
import { CONFIG, LOGGER, type Logger, NATS, type Nats } from '@llmops/platform';
import { consumeEvents, type RunningConsumer } from '@llmops/platform/events';
import { Inject, Injectable } from '@nestjs/common';
import type { ServeConfig } from '../../config.ts';
import { LiveTraces } from '../trace/index.ts';
import { RecordCalls } from './record-calls.ts';
import { toLiveSummary } from './to-live-summary.ts';

const durable = 'observability__calls-completed';

/** Calls completed at the edge: written, then shown to whoever watches. */
@Injectable()
export class CallsConsumer {
  #consumer: RunningConsumer | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: ServeConfig,
    @Inject(NATS) private readonly nats: Nats,
    @Inject(LOGGER) private readonly log: Logger,
    private readonly record: RecordCalls,
    private readonly live: LiveTraces,
  ) {}

  get running(): boolean {
    return this.#consumer !== undefined;
  }

  /** Throws when the stream cannot be made now; safe to call again. */
  async start(): Promise<void> {
    this.#consumer ??= await consumeEvents({
      nats: this.nats,
      log: this.log,
      event: CallsCompletedSchema,
      durable,
      // A message holds up to 256 calls or a megabyte.
      batch: 32,
      lingerMs: this.config.OBSERVABILITY_LINGER_MS,
      check: ({ calls }) => calls.forEach(requireFacts),
      handle: async (events) => {
        const messages = events.map(({ id, data }) => ({ id, calls: data.calls }));
        const written = await this.record.run(durable, messages);
        this.live.publish(written.map((call) => ({ project: call.call.project, summary: toLiveSummary(call) })));
      },
    });
  }

  async stop(): Promise<void> {
    await this.#consumer?.stop();
  }
}

function requireFacts(call: Call): void {
  if (call.id === '' || call.project === '' || !call.startTime) throw new Error('a call needs id, project, start_time');
}
