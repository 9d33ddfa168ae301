import { parentPort, workerData } from 'node:worker_threads';
import { mergeSegments, openSegment } from './lexical/index.ts';

/** A thread that merges segments, which takes seconds of a large index: calls are answered meanwhile. */
interface MergeInput {
  segments: Uint8Array[];
  /** Of the chunks that are still there, ascending. */
  live: Float64Array;
}

const { segments, live } = workerData as MergeInput;
const isLive = new Set(live);
const merged = mergeSegments(segments.map(openSegment), (ordinal) => isLive.has(ordinal));
parentPort!.postMessage({ data: merged, docCount: openSegment(merged).documents });
