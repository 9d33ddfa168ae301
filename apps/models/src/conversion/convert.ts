import { readBert } from './bert/read-safetensors.ts';
import { readPackedE5 } from './e5/read-packed.ts';
import { tokenizerJson } from './e5/tokenizer-json.ts';
import { encoderGraph } from './encoder/encoder-graph.ts';
import type { EncoderWeights } from './encoder/encoder-weights.ts';
import { writeModel } from './onnx/write-model.ts';

/** What a file of a package can be made into. The same bytes always give the same bytes. */
export type Conversion = 'packed-e5-to-onnx' | 'packed-e5-to-tokenizer' | 'minilm-to-onnx';

/** The result in chunks. An empty one is a pause: time for the event loop between steps that each take a while. */
export const conversions: Record<Conversion, (file: Buffer) => Iterable<Uint8Array>> = {
  'packed-e5-to-onnx': (file) => encoder(() => readPackedE5(file).weights),
  'minilm-to-onnx': (file) => encoder(() => readBert(file, { heads: 12, epsilon: 1e-12 })),
  *'packed-e5-to-tokenizer'(file) {
    yield Buffer.from(tokenizerJson(readPackedE5(file)));
  },
};

const PAUSE = new Uint8Array();

function* encoder(read: () => EncoderWeights): Generator<Uint8Array> {
  const building = encoderGraph(read());
  let step = building.next();
  for (; !step.done; step = building.next()) yield PAUSE;
  yield* writeModel(step.value);
}
