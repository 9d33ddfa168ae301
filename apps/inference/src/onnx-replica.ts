import { OnnxWorker } from './onnx/onnx-worker.ts';
import type { OnnxReplicaOptions } from './replica/protocol.ts';
import { replicaHost } from './replica/replica-host.ts';

const host = replicaHost<OnnxReplicaOptions>();
const worker = await host.start((options) => OnnxWorker.load(options, host.emit));

host.onRequest((message) => {
  if (message.type === 'embed') void worker.embed(message.id, message.inputs);
  else if (message.type === 'count')
    worker.count(message.id, message.prompt.kind === 'text' ? message.prompt.text : '');
  else if (message.type === 'abort') worker.abort(message.id);
});
