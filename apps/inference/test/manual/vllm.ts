// The OpenAI driver against a real vLLM on the CPU. By hand only: it installs 3.4 GB. See the README of this app.
import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { create } from '@bufbuild/protobuf';
import {
  CompleteRequestSchema,
  EmbedRequestSchema,
  Finish_Reason,
  ResponseFormat_Type,
  ToolChoice_Mode,
} from '@llmops/contracts/inference/v1/inference';
import { OpenAiEngine } from '../../src/engine/openai-engine.ts';
import { answerOf, ask, chatRequest, user } from '../support/engines.ts';
import { modelFile } from '../support/models.ts';
import { prepare, startVllm } from './vllm-server.ts';

const MODEL = 'smollm2-135m';
const started = Date.now();
const seconds = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;

const gguf = modelFile('smollm2-135m-instruct/model.gguf');
if (!gguf) throw new Error('the model is not available');
const folder = prepare(gguf);
console.log(`environment ready after ${seconds()}`);
const server = await startVllm(folder, MODEL, 300_000);
console.log(`vLLM ready after ${seconds()}`);
const options = { model: 'test', baseUrl: server.baseUrl, upstreamModel: MODEL };
const engine = new OpenAiEngine(options);
const greedy = { temperature: 0, maxTokens: 24 };

const checks: Record<string, () => Promise<void>> = {
  'a chat streams in pieces, with the usage of the upstream': async () => {
    const { text, chunks, finish } = await ask(engine, { messages: [user('What is gravity?')], sampling: greedy });
    match(text, /gravity/i);
    ok(chunks.length > 3, `${chunks.length} chunks`);
    deepEqual([finish.reason, finish.outputTokens], [Finish_Reason.LENGTH, 24]);
    ok(finish.inputTokens > 5);
  },
  'a completion continues raw text': async () => {
    const request = create(CompleteRequestSchema, {
      model: 'test',
      prompt: 'The capital of France is',
      sampling: greedy,
    });
    match((await answerOf(engine.complete(request, { group: 'p' }))).text, /Paris/);
  },
  'a stop text, and log-probabilities': async () => {
    const sampling = { ...greedy, logprobs: true, topLogprobs: 2 };
    const { text, chunks } = await ask(engine, { messages: [user('What is gravity?')], sampling });
    const logprobs = chunks.flatMap((chunk) => chunk.logprobs ?? []);
    equal(logprobs.length, 24);
    ok(logprobs.every(({ top }) => top?.length === 2));
    const stop = [text.slice(5, 9)];
    const cut = await ask(engine, { messages: [user('What is gravity?')], sampling: { ...greedy, stop } });
    deepEqual([cut.text, cut.finish.reason], [text.slice(0, text.indexOf(stop[0]!)), Finish_Reason.STOP]);
  },
  'a JSON schema holds': async () => {
    const schemaJson =
      '{"type":"object","properties":{"city":{"enum":["Paris","Rome"]}},"required":["city"],"additionalProperties":false}';
    const responseFormat = { type: ResponseFormat_Type.JSON_SCHEMA, schemaName: 'city', schemaJson, strict: true };
    const { text } = await ask(engine, { messages: [user('A city?')], sampling: greedy, responseFormat });
    match((JSON.parse(text) as { city: string }).city, /^(?:Paris|Rome)$/);
  },
  'a named tool is called': async () => {
    const parametersJson =
      '{"type":"object","properties":{"city":{"enum":["Paris","Rome"]}},"required":["city"],"additionalProperties":false}';
    const { calls, finish } = await ask(engine, {
      messages: [user('The weather in Rome?')],
      sampling: { temperature: 0, maxTokens: 60 },
      tools: [{ name: 'get_weather', description: '', parametersJson }],
      toolChoice: { mode: ToolChoice_Mode.FUNCTION, name: 'get_weather' },
    });
    deepEqual([calls.length, calls[0]?.name, finish.reason], [1, 'get_weather', Finish_Reason.TOOL_CALLS]);
    // It holds the name, not the arguments to their schema: only that they are JSON is sure.
    JSON.parse(calls[0]!.arguments);
  },
  'eight at once are all answered': async () => {
    const sampling = { temperature: 0.8, maxTokens: 32 };
    const all = Array.from({ length: 8 }, (_, i) => ask(engine, { messages: [user(`Story ${i}`)], sampling }));
    for (const { finish } of await Promise.all(all)) ok(finish.outputTokens > 0);
  },
  'leaving a stream frees the upstream': async () => {
    const abort = new AbortController();
    const request = chatRequest({ messages: [user('A very long story.')], sampling: { maxTokens: 1500 } });
    await rejects(async () => {
      for await (const _ of engine.chat(request, { group: 'p', signal: abort.signal })) abort.abort(new Error('left'));
    }, /left/);
    for (let i = 0; (await running()) > 0; i++) {
      ok(i < 50, 'still running after 5 s');
      await sleep(100);
    }
    equal(engine.describe().busySlots, 0);
  },
  'a chat model refuses embeddings, as the caller’s error': async () => {
    const inputs = [{ input: { case: 'text' as const, value: 'hello' } }];
    const request = create(EmbedRequestSchema, { model: 'test', inputs });
    await rejects(engine.embed(request, { group: 'p' }), { code: 'inference.upstream_rejected', category: 'invalid' });
  },
  'a prompt that is too long is the caller’s error': async () => {
    const messages = [user('word '.repeat(4000))];
    await rejects(ask(engine, { messages }), { code: 'inference.upstream_rejected', category: 'invalid' });
  },
  'a model it does not have is the caller’s error': async () => {
    const other = new OpenAiEngine({ ...options, upstreamModel: 'other' });
    const asked = ask(other, { messages: [user('Hi')], sampling: greedy });
    await rejects(asked, { code: 'inference.upstream_rejected' });
    await other.close();
  },
};

/** What vLLM itself says it is working on. */
async function running(): Promise<number> {
  const metrics = await (await fetch(server.baseUrl.replace(/v1$/, 'metrics'))).text();
  const found = /^vllm:num_requests_running\{[^}]*\} (\S+)/m.exec(metrics);
  ok(found, 'vLLM has no metric of running requests');
  return Number(found[1]);
}

let failed = 0;
try {
  for (const [name, check] of Object.entries(checks)) {
    const from = Date.now();
    try {
      await check();
      console.log(`passed  ${name} (${Date.now() - from} ms)`);
    } catch (error) {
      failed++;
      console.log(`FAILED  ${name}\n`, error);
    }
  }
} finally {
  await engine.close();
  await server.stop();
}
const gone = new OpenAiEngine(options);
const answer = ask(gone, { messages: [user('Hi')], sampling: greedy });
await rejects(answer, { code: 'inference.upstream_unreachable', category: 'unavailable' });
console.log('passed  an upstream that is gone is unavailable');
await gone.close();
console.log(`${Object.keys(checks).length + 1 - failed} passed, ${failed} failed, ${seconds()}`);
process.exitCode = failed === 0 ? 0 : 1;
