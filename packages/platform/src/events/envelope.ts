import { type DescMessage, fromJson, type JsonValue, type MessageShape, toJson } from '@bufbuild/protobuf';
import { eventOf } from '@llmops/contracts';
import type { OutboxMessage } from '@llmops/db';
import { newId } from '../ids/index.ts';

/** CloudEvents 1.0 in structured JSON. */
export interface Envelope<T> {
  specversion: '1.0';
  /** Also the message's `Nats-Msg-Id`. */
  id: string;
  /** `llmops/<service>` */
  source: string;
  /** The subject. */
  type: string;
  /** RFC 3339. */
  time: string;
  data: T;
}

/** An event as a row of the outbox. */
export function eventMessage<D extends DescMessage>(source: string, desc: D, message: MessageShape<D>): OutboxMessage {
  const envelope = seal(source, desc, toJson(desc, message));
  return { subject: envelope.type, payload: JSON.stringify(envelope), headers: { 'Nats-Msg-Id': envelope.id } };
}

/** Wraps data that is already in the event's proto JSON form. */
export const seal = <T>(source: string, desc: DescMessage, data: T): Envelope<T> => ({
  specversion: '1.0',
  id: newId('evt'),
  source: `llmops/${source}`,
  type: eventOf(desc).subject,
  time: new Date().toISOString(),
  data,
});

/** Parses an event; fields added by a newer publisher are ignored. Throws on what is not one. */
export function openEnvelope<D extends DescMessage>(desc: D, text: string): Envelope<MessageShape<D>> {
  const envelope = JSON.parse(text) as Envelope<JsonValue>;
  return { ...envelope, data: fromJson(desc, envelope.data, { ignoreUnknownFields: true }) };
}
