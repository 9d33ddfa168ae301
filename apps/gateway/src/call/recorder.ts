import { type CallJson, CallsCompletedSchema, type PriceJson } from '@llmops/contracts/gateway/v1/call';
import type { Nats } from '@llmops/platform';
import { EventPublisher, ensureEventStream } from '@llmops/platform/events';
import { priceUsage } from '@llmops/platform/pricing';
import type { Config } from '../config.ts';
import type { Directory } from '../directory/directory.ts';
import type { Call } from './call.ts';
import { captureJson } from './capture.ts';

/** Sends the record of every call to JetStream; an answer is complete only when its record is durable. */
export class Recorder {
  readonly #publisher: EventPublisher<CallJson>;
  readonly #capture: (value: unknown) => string;

  constructor(
    nats: Nats,
    config: Config,
    private readonly directory: Directory,
  ) {
    this.#capture = config.GATEWAY_CAPTURE === 'full' ? captureJson : () => '';
    this.#publisher = new EventPublisher<CallJson>({
      nats,
      source: 'gateway',
      event: CallsCompletedSchema,
      wrap: (calls) => ({ calls }),
      sizeOf: (call) =>
        1_024 +
        2 * (call.inputJson!.length + call.outputJson!.length + call.parametersJson!.length) +
        (call.steps ? 2 * JSON.stringify(call.steps).length : 0),
      timeoutMs: config.GATEWAY_RECORD_TIMEOUT_MS,
    });
  }

  static async prepare(nats: Nats): Promise<void> {
    await ensureEventStream(nats, CallsCompletedSchema);
  }

  /** Resolves when the call is recorded for good. A call without a caller is nobody's and leaves no record. */
  async record(call: Call): Promise<void> {
    if (!call.principal) return;
    const json = call.toJson(call.elapsedMs(), this.#capture);
    json.price = this.#price(call);
    await this.#publisher.publish(json);
  }

  flush(): Promise<void> {
    return this.#publisher.flush();
  }

  #price({ route, usage }: Call): PriceJson {
    if (!usage || !route) return { state: 'STATE_FREE', costNanoUsd: '0' };
    const isLocal = route.upstream.case === 'local';
    const price = isLocal ? undefined : this.directory.price(route);
    const { state, costNanoUsd } = priceUsage(usage, price, isLocal);
    return {
      state: `STATE_${state}`,
      costNanoUsd: String(costNanoUsd),
      priceKey: price?.key ?? '',
      priceVersion: price?.version ?? '',
    };
  }
}
