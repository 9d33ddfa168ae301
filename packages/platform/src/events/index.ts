export { consumeEvents, ensureEventStream } from './consume-events.ts';
export { type Consumed, type ConsumerOptions, consume, type RunningConsumer } from './consumer.ts';
export { deadLetterStream, replayDeadLetters } from './dead-letters.ts';
export { contextOf, type Envelope, eventMessage } from './envelope.ts';
export { EventPublisher } from './event-publisher.ts';
export { Outbox } from './outbox.ts';
export { ensureStream, type StreamOptions } from './stream.ts';
