import { LlamaWorker } from './llama/llama-worker.ts';
import type { LlamaReplicaOptions, ReplicaRequest } from './replica/protocol.ts';
import { replicaHost } from './replica/replica-host.ts';

const host = replicaHost<LlamaReplicaOptions>();
const worker = await host.start((options) => LlamaWorker.load(options, host.emit));

host.onRequest((message: ReplicaRequest) => {
  if (message.type === 'generate') void worker.generate(message.id, message.request);
  else if (message.type === 'count') worker.count(message.id, message.prompt);
  else if (message.type === 'tokenize') worker.tokenize(message.id, message.texts);
  else if (message.type === 'abort') worker.abort(message.id);
});
