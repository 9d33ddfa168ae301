import { EventBatcher } from './event-batcher.ts';
import type { ReplicaEvent, ReplicaInfo, ReplicaMessage, ReplicaRequest } from './protocol.ts';

export interface ReplicaHost<Options> {
  emit(event: ReplicaEvent): void;
  /** Loads the model and tells the parent; ends the process when that fails. */
  start<W extends { readonly info: ReplicaInfo }>(load: (options: Options) => Promise<W>): Promise<W>;
  onRequest(handle: (request: ReplicaRequest) => void): void;
}

/** The child's side of a replica process. It ends when its parent does. */
export function replicaHost<Options>(): ReplicaHost<Options> {
  const send = (message: ReplicaMessage) => {
    if (process.connected) process.send?.(message);
  };
  const batcher = new EventBatcher((events) => send({ type: 'events', events }));
  process.on('disconnect', () => process.exit(0));
  // A signal to the process group is the parent's to handle: it lets requests finish first.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => {});
  return {
    emit: (event) => batcher.push(event),
    async start(load) {
      try {
        const worker = await load(JSON.parse(process.argv[2]!) as Options);
        send({ type: 'ready', info: worker.info });
        return worker;
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        send({ type: 'failed', error: { code: 'inference.model_load_failed', category: 'internal', message } });
        await new Promise((resolve) => setTimeout(resolve, 100));
        process.exit(1);
      }
    },
    onRequest(handle) {
      process.on('message', (message: ReplicaRequest) => {
        if (message.type === 'ping') send({ type: 'pong', memoryBytes: process.memoryUsage.rss() });
        else handle(message);
      });
    },
  };
}
