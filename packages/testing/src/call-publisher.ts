import { create, toJson } from '@bufbuild/protobuf';
import { type CallJson, CallSchema, CallsCompletedSchema } from '@llmops/contracts/gateway/v1/call';
import { connectNats } from '@llmops/platform';
import { EventPublisher } from '@llmops/platform/events';
import { testCall } from './calls.ts';
import { newTenant } from './tenant.ts';
import { until } from './until.ts';

export interface CallPublisher {
  /** Ids of the calls published so far. */
  sent: string[];
  /** Ten calls of one tenant; resolves when the stream has them. */
  publish(): Promise<void>;
  stop(): Promise<void>;
}

/** Publishes calls as the edge does: a message whose acknowledgement was lost is sent again under the same id. */
export async function startCallPublisher(natsUrl: string): Promise<CallPublisher> {
  const nats = await connectNats(natsUrl, 'test');
  await until(async () => (await nats.manager()).streams.info('GATEWAY'));
  const tenant = newTenant();
  const sent: string[] = [];
  const publisher = new EventPublisher<CallJson>({
    nats,
    source: 'gateway',
    event: CallsCompletedSchema,
    wrap: (calls) => ({ calls }),
    sizeOf: () => 1_000,
    timeoutMs: 30_000,
  });
  return {
    sent,
    publish: async () => {
      const calls = Array.from({ length: 10 }, () => testCall(tenant));
      await Promise.all(calls.map((call) => publisher.publish(toJson(CallSchema, create(CallSchema, call)))));
      sent.push(...calls.map((call) => call.id!));
    },
    stop: () => nats.drain(),
  };
}
