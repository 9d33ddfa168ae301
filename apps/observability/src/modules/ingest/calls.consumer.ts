import { CallsCompletedSchema } from '@llmops/contracts/gateway/v1/call';
import { CONFIG, LOGGER, type Logger, NATS, type Nats } from '@llmops/platform';
import { type Consumed, consume, ensureStream, openEnvelope, type RunningConsumer } from '@llmops/platform/events';
import { Inject, Injectable } from '@nestjs/common';
import type { ServeConfig } from '../../config.ts';
import { LiveTraces } from '../trace/index.ts';
import { messageInvalid } from './ingest.errors.ts';
import { type CallsMessage, RecordCalls } from './record-calls.ts';
import { toLiveSummary } from './to-live-summary.ts';

const durable = 'observability__calls-completed';
const subject = 'llmops.gateway.calls.completed.v1';

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
    await ensureStream(this.nats, { name: 'GATEWAY', subjects: ['llmops.gateway.>'] });
    this.#consumer ??= consume({
      nats: this.nats,
      log: this.log,
      stream: 'GATEWAY',
      subjects: [subject],
      durable,
      // A message holds up to 256 calls or a megabyte.
      batch: 32,
      lingerMs: this.config.OBSERVABILITY_LINGER_MS,
      handle: (messages) => this.#handle(messages),
    });
  }

  async stop(): Promise<void> {
    await this.#consumer?.stop();
  }

  async #handle(messages: Consumed[]): Promise<void> {
    const written = await this.record.run(durable, messages.map(parse));
    this.live.publish(written.map((call) => ({ project: call.call.project, summary: toLiveSummary(call) })));
  }
}

function parse({ id, text }: Consumed): CallsMessage {
  try {
    const { calls } = openEnvelope(CallsCompletedSchema, text).data;
    for (const call of calls) {
      if (call.id === '' || call.project === '' || !call.startTime)
        throw new Error('a call needs id, project, start_time');
    }
    return { id, calls };
  } catch (cause) {
    throw messageInvalid(cause);
  }
}
