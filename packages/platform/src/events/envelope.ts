import { type DescMessage, fromJson, type JsonValue, type MessageShape, toJson } from '@bufbuild/protobuf';
import { eventOf } from '@llmops/contracts';
import type { OutboxMessage } from '@llmops/db';
import { formatTraceparent, parseTraceparent, type RequestContext, systemContext } from '../context/index.ts';
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
  /** CloudEvents' distributed tracing extension, and ours for the tenant: absent on facts of several tenants. */
  traceparent?: string;
  requestid?: string;
  actor?: string;
  organizationid?: string;
  projectid?: string;
  data: T;
}

/** An event as a row of the outbox. With the context of who caused it, the consumer works for that tenant and trace. */
export function eventMessage<D extends DescMessage>(
  source: string,
  desc: D,
  message: MessageShape<D>,
  context?: RequestContext,
): OutboxMessage {
  const envelope = { ...seal(source, desc, toJson(desc, message)), ...(context && originOf(context)) };
  return { subject: envelope.type, payload: JSON.stringify(envelope), headers: { 'Nats-Msg-Id': envelope.id } };
}

const originOf = (context: RequestContext): Partial<Envelope<never>> => ({
  traceparent: formatTraceparent(context.trace),
  requestid: context.requestId,
  actor: context.actor,
  organizationid: context.organizationId,
  projectid: context.projectId,
});

/** The context in which a consumer handles an event: tenant, actor and trace of who caused it; nobody's tenant without. */
export function contextOf(envelope: Envelope<unknown>): RequestContext {
  const trace = parseTraceparent(envelope.traceparent);
  return systemContext({
    requestId: envelope.requestid ?? envelope.id,
    actor: envelope.actor ?? 'system',
    organizationId: envelope.organizationid ?? '',
    projectId: envelope.projectid ?? '',
    ...(trace ? { trace } : {}),
  });
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
