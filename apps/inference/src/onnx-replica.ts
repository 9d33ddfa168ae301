import { OnnxWorker } from './onnx/onnx-worker.ts';
import type { OnnxReplicaOptions } from './replica/protocol.ts';
import { replicaHost } from './replica/replica-host.ts';

const host = replicaHost<OnnxReplicaOptions>();
const worker = await host.start((options) => OnnxWorker.load(options, host.emit));

host.onRequest((message) => worker.handle(message));
