import { Finish_Reason, ToolChoice_Mode } from '@llmops/contracts/inference/v1/inference';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LlamaCppEngine } from '../src/engine/llama-cpp-engine.ts';
import { ask, llamaEngine, user } from './support/engines.ts';
import { optionalFile } from './support/models.ts';

const path = optionalFile('qwen2.5-coder-0.5b-instruct/qwen2.5-coder-0.5b-instruct-q4_k_m.gguf');
if (!path) console.warn('SKIPPED: no model with a tool template in .cache/models');

describe.skipIf(!path)('a model whose template has tools', () => {
  let engine: LlamaCppEngine;
  beforeAll(() => {
    engine = llamaEngine(path!, { contextTokens: 2048, slots: 2 });
  });
  afterAll(() => engine.close());

  const parametersJson = JSON.stringify({
    type: 'object',
    properties: { city: { type: 'string' }, unit: { enum: ['celsius', 'fahrenheit'] } },
    required: ['city', 'unit'],
    additionalProperties: false,
  });
  const tools = [{ name: 'get_weather', description: 'Get the current weather of a city', parametersJson }];
  const question = user('What is the weather in Paris right now, in celsius?');
  const sampling = { temperature: 0, maxTokens: 100 };

  test('left to itself it calls, and the arguments fit the schema', async () => {
    const { calls, text, finish } = await ask(engine, { messages: [question], tools, sampling });
    expect(text).toBe('');
    expect(calls.map(({ name, arguments: args }) => [name, JSON.parse(args)])).toEqual([
      ['get_weather', { city: 'Paris', unit: 'celsius' }],
    ]);
    expect(finish.reason).toBe(Finish_Reason.TOOL_CALLS);
  });

  test('a required call is made even where none is called for', async () => {
    const { calls } = await ask(engine, {
      messages: [user('Hello!')],
      tools,
      sampling,
      toolChoice: { mode: ToolChoice_Mode.REQUIRED },
    });
    expect(calls).toHaveLength(1);
    expect(Object.keys(JSON.parse(calls[0]!.arguments))).toEqual(['city', 'unit']);
  });

  test('the answer of a tool is used', async () => {
    const toolCalls = [{ id: 'call_1', name: 'get_weather', arguments: '{"city":"Paris","unit":"celsius"}' }];
    const messages = [
      question,
      { role: 'assistant', content: '', toolCalls },
      { role: 'tool', content: '{"temperature": 21, "sky": "sunny"}', toolCallId: 'call_1' },
    ];
    const { text, calls } = await ask(engine, { messages, tools, sampling });
    expect(calls).toEqual([]);
    expect(text).toContain('21');
  });
});
