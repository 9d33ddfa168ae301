// Chunks a second through the replica against the bare runtime, batch sizes, and how long a query waits while texts in bulk are
// embedded. Run: node --experimental-transform-types test/bench-embed.mts FOLDER [threads] (a folder with model.onnx and tokenizer.json)
import { readFileSync } from 'node:fs';
import { create } from '@bufbuild/protobuf';
import { EmbedKind, EmbedRequestSchema } from '@llmops/contracts/inference/v1/inference';
import { EncoderSession } from '../src/onnx/encoder-session.ts';
import { vectorsOf } from '../src/onnx/read-outputs.ts';
import { EncoderTokenizer } from '../src/tokens/encoder-tokenizer.ts';
import { onnxEngine } from './support/engines.ts';

const folder = process.argv[2]!;
const threads = Number(process.argv[3] ?? 2);
const files = { modelPath: `${folder}/model.onnx`, tokenizerPath: `${folder}/tokenizer.json` };
const tokenizer = new EncoderTokenizer(JSON.parse(readFileSync(files.tokenizerPath, 'utf8')), 512);

/** As many different texts of so many tokens. */
const words =
  'the river carries water from high mountains to a quiet town where people trade fish and cloth for salt'.split(' ');
const textOf = (seed: number, tokens: number) => {
  let text = '';
  let at = seed;
  while (tokenizer.encode(text).length < tokens) {
    for (let i = 0; i < 8; i++) {
      at = (at * 31 + 7) % 1009;
      text += `${words[at % words.length]} `;
    }
  }
  return text;
};
const chunks = Array.from({ length: 64 }, (_, i) => textOf(i + 1, 192));
const rate = (count: number, started: number) => ((count / (performance.now() - started)) * 1000).toFixed(1);

const session = await EncoderSession.load({ modelPath: files.modelPath, threads, padId: tokenizer.padId });
const rows = chunks.map((text) => ({ ids: tokenizer.encode(text), types: [] }));
await session.run(rows.slice(0, 2));
for (const size of [1, 2, 4, 8, 16]) {
  const started = performance.now();
  const before = process.cpuUsage();
  for (let at = 0; at < 32; at += size) vectorsOf(await session.run(rows.slice(at, at + size)));
  const { user, system } = process.cpuUsage(before);
  console.log(
    `bare, batches of ${size}: ${rate(32, started)} chunks/s, ${(32 / ((user + system) / 1e6)).toFixed(1)} a CPU second`,
  );
}

const engine = onnxEngine(files, {
  threads,
  maxTokens: 512,
  batchSize: 16,
  batchTokens: Number(process.argv[4] ?? 256),
});
const request = (texts: string[], kind: EmbedKind) =>
  create(EmbedRequestSchema, {
    model: 'm',
    kind,
    inputs: texts.map((value) => ({ input: { case: 'text' as const, value } })),
  });
const embed = (texts: string[], kind: EmbedKind) => engine.embed(request(texts, kind), { group: 'p' });
const queryMs = async () => {
  const started = performance.now();
  await embed(['where do people trade fish?'], EmbedKind.QUERY);
  return performance.now() - started;
};
await embed(['a'], EmbedKind.PASSAGE);
const alone: number[] = [];
for (let i = 0; i < 20; i++) alone.push(await queryMs());

const started = performance.now();
const bulk = Promise.all([0, 1, 2].map(() => embed(chunks, EmbedKind.PASSAGE)));
let running = true;
const finished = bulk.then(() => {
  running = false;
  return rate(3 * chunks.length, started);
});
const during: number[] = [];
while (running) {
  during.push(await queryMs());
  await new Promise((resolve) => setTimeout(resolve, 50));
}
const of = (times: number[], part: number) =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length * part)]!.toFixed(1);
console.log(`replica: ${await finished} chunks/s with ${during.length} queries meanwhile`);
console.log(
  `query alone: p50 ${of(alone, 0.5)} ms; during bulk: p50 ${of(during, 0.5)} ms, p95 ${of(during, 0.95)} ms`,
);
await engine.close();
