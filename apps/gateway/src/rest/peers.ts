import type { DescMethod, DescService, Message } from '@bufbuild/protobuf';
import type { RequestContext } from '@llmops/platform/context';
import { createClient } from '@llmops/platform/grpc';

type Call = (context: RequestContext, request: Message) => unknown;

/** The services behind the edge, called by a method's description. */
export class Peers {
  readonly #clients = new Map<DescService, Record<string, Call> & { close(): void }>();

  constructor(
    readonly services: Record<string, readonly DescService[]>,
    addresses: Record<string, string>,
  ) {
    for (const [peer, group] of Object.entries(services)) {
      for (const service of group) {
        const client = createClient(service, { address: addresses[peer]!, peer });
        this.#clients.set(service, client as unknown as Record<string, Call> & { close(): void });
      }
    }
  }

  unary(method: DescMethod, context: RequestContext, request: Message): Promise<Message> {
    return this.#call(method)(context, request) as Promise<Message>;
  }

  stream(method: DescMethod, context: RequestContext, request: Message): AsyncIterable<Message> {
    return this.#call(method)(context, request) as AsyncIterable<Message>;
  }

  close(): void {
    for (const client of this.#clients.values()) client.close();
  }

  #call(method: DescMethod): Call {
    return this.#clients.get(method.parent)![method.localName]!;
  }
}
