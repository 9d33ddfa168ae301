import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { conversions } from '../src/conversion/convert.ts';
import { packedE5, pieces, tiny } from './packed-e5.ts';
import { referenceEncoder } from './reference-encoder.ts';
import { safetensors } from './safetensors.ts';

const { file, tensors } = packedE5();
const onnx = () => Buffer.concat([...conversions['packed-e5-to-onnx'](file)]);
const fromSafetensors = () => Buffer.concat([...conversions['minilm-to-onnx'](safetensors(tensors))]);

async function hiddenStates(model: Buffer, rows: readonly (readonly number[])[]) {
  const session = await InferenceSession.create(model);
  const width = Math.max(...rows.map((row) => row.length));
  const padded = rows.flatMap((row) => [...row, ...new Array<number>(width - row.length).fill(1)]);
  const mask = rows.flatMap((row) => Array.from({ length: width }, (_, i) => Number(i < row.length)));
  const tensor = (values: number[]) => new Tensor('int64', BigInt64Array.from(values, BigInt), [rows.length, width]);
  const { last_hidden_state: output } = await session.run({
    input_ids: tensor(padded),
    attention_mask: tensor(mask),
  });
  const data = output!.data as Float32Array;
  const { hidden } = tiny;
  const at = (row: number, token: number) => [...data.subarray((row * width + token) * hidden).subarray(0, hidden)];
  return rows.map((row, r) => row.map((_, token) => at(r, token)));
}

const cosine = (a: readonly number[], b: readonly number[]) => {
  const dot = (x: readonly number[], y: readonly number[]) => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
};

test.each([
  ['4-bit weights', onnx],
  ['weights in single precision', fromSafetensors],
])('the graph of %s computes what the encoder does, for texts of different length in one batch', async (_, make) => {
  const rows = [
    [0, 8, 9, 5, 6, 7, 2],
    [0, 5, 2],
  ];
  const found = await hiddenStates(make(), rows);
  for (const [r, row] of rows.entries()) {
    for (const [token, expected] of referenceEncoder(tensors, row).entries()) {
      expect(cosine(found[r]![token]!, expected)).toBeGreaterThan(0.999);
    }
  }
});

test('the same weights give the same bytes', () => {
  expect(onnx().equals(onnx())).toBe(true);
});

test('the tokenizer has the pieces with their scores, and special tokens around a text and a pair', () => {
  const json = JSON.parse(Buffer.concat([...conversions['packed-e5-to-tokenizer'](file)]).toString());
  expect(json.model.vocab).toEqual(pieces);
  expect(json.added_tokens.map(({ content }: { content: string }) => content)).toEqual([
    '<s>',
    '<pad>',
    '</s>',
    '<unk>',
  ]);
  const shape = (items: Record<string, { id: string }>[]) => items.map((item) => Object.values(item)[0]!.id);
  expect(shape(json.post_processor.single)).toEqual(['<s>', 'A', '</s>']);
  expect(shape(json.post_processor.pair)).toEqual(['<s>', 'A', '</s>', '</s>', 'B', '</s>']);
});

test('a file of another kind is refused by name', () => {
  const convert = () => [...conversions['packed-e5-to-onnx'](Buffer.from('GGUF and so on'))];
  expect(convert).toThrow('not a packed E5 model');
  expect(() => [...conversions['minilm-to-onnx'](Buffer.from('GGUF and so on'))]).toThrow('not a safetensors file');
});
