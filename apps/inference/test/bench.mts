// Tokens a second through the replica protocol against the bare engine in this process, in turns, since other work on the
// machine moves both. Run: node --experimental-transform-types test/bench.mts [rounds]
import { readFileSync } from 'node:fs';
import { getLlama } from 'node-llama-cpp';
import { chatRequest, llamaEngine, user } from './support/engines.ts';
import { modelFile } from './support/models.ts';

const modelPath = modelFile('smollm2-135m-instruct/model.gguf')!;
const rounds = Number(process.argv[2] ?? 5);
const LENGTH = 96;
const question = (i: number) => `Tell me a story number ${i} about a dragon.`;
const SYSTEM = 'You are a helpful AI assistant named SmolLM, trained by Hugging Face';

const llama = await getLlama({ gpu: false, build: 'never', maxThreads: 1, logLevel: 'error' as never });
const model = await llama.loadModel({ modelPath });

const cpuOf = (pid: number) => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
};
const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

for (const n of [1, 4, 8]) {
  const context = await model.createContext({ contextSize: 512, sequences: n, threads: 1, batchSize: 256 });
  const sequences = Array.from({ length: n }, () => context.getSequence());
  const engine = llamaEngine(modelPath, { slots: n, contextTokens: 512 });
  let seed = 0;

  const bare = async () => {
    for (const sequence of sequences) await sequence.clearHistory();
    const one = async (sequence: (typeof sequences)[number]) => {
      const prompt = `<|im_start|>system\n${SYSTEM}<|im_end|>\n<|im_start|>user\n${question(seed)}<|im_end|>\n<|im_start|>assistant\n`;
      const options = { temperature: 0.8, seed: seed++, topK: 40, topP: 0.95, minP: 0.05 };
      let count = 0;
      for await (const _ of sequence.evaluate(model.tokenize(prompt, true), options)) if (++count >= LENGTH) break;
      return count;
    };
    return (await Promise.all(sequences.map(one))).reduce((a, b) => a + b);
  };
  const managed = async () => {
    const one = async () => {
      const sampling = { temperature: 0.8, seed: BigInt(seed), maxTokens: LENGTH };
      for await (const { finish } of engine.chat(chatRequest({ messages: [user(question(seed++))], sampling }), {
        group: 'p',
      })) {
        if (finish) return finish.outputTokens!;
      }
      return 0;
    };
    return (await Promise.all(sequences.map(one))).reduce((a, b) => a + b);
  };
  await managed();
  const figures = { bare: [] as number[], managed: [] as number[] };
  const perCpu = { bare: [] as number[], managed: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of [
      ['bare', bare],
      ['managed', managed],
    ] as const) {
      const child = engine.replica.process.pid!;
      const [cpu, at] = [cpuOf(process.pid) + cpuOf(child), performance.now()];
      const tokens = await run();
      figures[name].push((tokens / (performance.now() - at)) * 1000);
      perCpu[name].push(tokens / (cpuOf(process.pid) + cpuOf(child) - cpu));
    }
  }
  for (const [label, of] of [
    ['wall', figures],
    ['cpu-second', perCpu],
  ] as const) {
    const [a, b] = [median(of.bare), median(of.managed)];
    console.log(
      `${n} streams, tokens per ${label}: bare ${a.toFixed(0)}, replica ${b.toFixed(0)}, ratio ${(b / a).toFixed(3)}`,
    );
  }
  await engine.close();
  await context.dispose();
}
await llama.dispose();
