import { Worker } from 'node:worker_threads';

/** A bundle beside ours, or, run from source, the TypeScript file. */
const fromSource = import.meta.url.endsWith('.ts');
const entry = new URL(fromSource ? '../../segment-merge-thread.ts' : './segment-merge-thread.mjs', import.meta.url);
const execArgv = fromSource ? ['--experimental-transform-types', '--disable-warning=ExperimentalWarning'] : [];

export interface MergedSegment {
  data: Uint8Array;
  docCount: number;
}

/** One segment of several, without the chunks that are not live. */
export function mergeInThread(segments: Uint8Array[], live: Float64Array): Promise<MergedSegment> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(entry, { workerData: { segments, live }, execArgv });
    worker.once('message', resolve).once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the thread that merges ended with ${code}`)));
  });
}
