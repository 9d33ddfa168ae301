import { CallsCompletedSchema } from '@llmops/contracts/gateway/v1/call';
import { CONFIG, LOGGER, type Logger, NATS, type Nats } from '@llmops/platform';
import { type Consumed, consume, ensureStream, openEnvelope, type RunningConsumer } from '@llmops/platform/events';
import { Inject, Injectable } from '@nestjs/common';
import type { ServeConfig } from '../../config.ts';
import { type CallsMessage, RecordUsage } from './record-usage.ts';
import { messageInvalid } from './usage.errors.ts';

const durable = 'cost__calls-completed';
const subject = 'llmops.gateway.calls.completed.v1';

/** Calls completed at the edge, for the ledger. */
@Injectable()
export class CallsConsumer {
  #consumer: RunningConsumer | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: ServeConfig,
    @Inject(NATS) private readonly nats: Nats,
    @Inject(LOGGER) private readonly log: Logger,
    private readonly record: RecordUsage,
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
      lingerMs: this.config.COST_LINGER_MS,
      handle: (messages) => this.#handle(messages),
    });
  }

  async stop(): Promise<void> {
    await this.#consumer?.stop();
  }

  async #handle(messages: Consumed[]): Promise<void> {
    await this.record.run(durable, messages.map(parse));
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
