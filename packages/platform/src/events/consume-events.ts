import type { DescMessage, MessageShape } from '@bufbuild/protobuf';
import { eventOf } from '@llmops/contracts';
import { AppError } from '../errors/index.ts';
import type { Nats } from '../nats/index.ts';
import { type Consumed, type ConsumerOptions, consume, type RunningConsumer } from './consumer.ts';
import { type Envelope, openEnvelope } from './envelope.ts';
import { ensureStream } from './stream.ts';

export interface EventConsumerOptions<D extends DescMessage>
  extends Omit<ConsumerOptions, 'stream' | 'subjects' | 'handle'> {
  /** The contract's message; its `(llmops.options.v1.event)` option names stream and subject. */
  event: D;
  /** Throws when an event lacks what the consumer cannot do without; such a one goes to the dead letters. */
  check?: (data: MessageShape<D>) => void;
  /** As `consume`'s; an event's `id` is what an inbox remembers. */
  handle: (events: Envelope<MessageShape<D>>[]) => Promise<void>;
}

/**
 * Makes the stream that carries an event: `llmops.<service>.<resource>.<fact>.v1`, for publisher and consumer alike,
 * whoever comes first. The service's work queue, `llmops.<service>.jobs.<kind>`, is a stream of its own.
 */
export async function ensureEventStream(nats: Nats, event: DescMessage): Promise<void> {
  const { stream, subject } = eventOf(event);
  await ensureStream(nats, { name: stream, subjects: [`${subject.split('.').slice(0, 2).join('.')}.*.*.*`] });
}

/**
 * Consumes one kind of event through a durable consumer, for ever. What is no such event goes to the dead letters.
 * Rejects when the stream cannot be made now.
 */
export async function consumeEvents<D extends DescMessage>(options: EventConsumerOptions<D>): Promise<RunningConsumer> {
  const { event, check, handle, ...rest } = options;
  await ensureEventStream(rest.nats, event);
  const open = ({ id, text }: Consumed): Envelope<MessageShape<D>> => {
    try {
      const envelope = openEnvelope(event, text);
      check?.(envelope.data);
      return { ...envelope, id };
    } catch (cause) {
      throw eventInvalid(event, cause);
    }
  };
  const { stream, subject } = eventOf(event);
  return consume({ ...rest, stream, subjects: [subject], handle: (messages) => handle(messages.map(open)) });
}

const eventInvalid = (event: DescMessage, cause: unknown) =>
  new AppError({
    code: 'platform.event_invalid',
    category: 'invalid',
    message: `The message is no ${event.name}: ${cause instanceof Error ? cause.message : String(cause)}`,
    cause,
  });
