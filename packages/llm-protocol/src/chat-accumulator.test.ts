import { describe, expect, test } from 'vitest';
import { ChatAccumulator } from './chat-accumulator.ts';
import type { ChatChunkChoice, ChatCompletionChunk } from './chat-completion.ts';

function chunk(choices: Partial<ChatChunkChoice>[], rest: object = {}): ChatCompletionChunk {
  const full = choices.map((choice) => ({ index: 0, delta: {}, finish_reason: null, ...choice }));
  return { id: 'c', object: 'chat.completion.chunk', created: 5, model: 'm', choices: full, ...rest };
}

const logprob = (token: string) => ({ token, logprob: -0.5, bytes: null, top_logprobs: [] });

describe('ChatAccumulator', () => {
  test('folds content, thoughts, logprobs, finish reason and usage into one answer', () => {
    const accumulator = new ChatAccumulator();
    const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
    accumulator.push(chunk([{ delta: { role: 'assistant', content: '' } }], { system_fingerprint: 'fp' }));
    accumulator.push(chunk([{ delta: { reasoning_content: 'hm' } }]));
    accumulator.push(chunk([{ delta: { content: 'Hel' }, logprobs: { content: [logprob('Hel')] } }]));
    accumulator.push(chunk([{ delta: { content: 'lo' }, logprobs: { content: [logprob('lo')] } }]));
    accumulator.push(chunk([{ finish_reason: 'stop' }]));
    accumulator.push(chunk([], { usage }));
    expect(accumulator.result()).toEqual({
      ...{ id: 'c', object: 'chat.completion', created: 5, model: 'm', system_fingerprint: 'fp', usage },
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'Hello', reasoning_content: 'hm', refusal: null },
          finish_reason: 'stop',
          logprobs: { content: [logprob('Hel'), logprob('lo')], refusal: null },
        },
      ],
    });
    expect(accumulator.usage).toEqual(usage);
    expect(accumulator.text()).toBe('hmHello');
  });

  test('an aborted stream leaves what was sent, with no finish reason and no usage', () => {
    const accumulator = new ChatAccumulator();
    accumulator.push(chunk([{ delta: { content: 'half' } }]));
    expect(accumulator.result().choices[0]).toMatchObject({ message: { content: 'half' }, finish_reason: null });
    expect(accumulator.usage).toBeUndefined();
    expect(new ChatAccumulator().result().choices).toEqual([]);
  });

  test('refusals and the older function_call are kept', () => {
    const accumulator = new ChatAccumulator();
    accumulator.push(chunk([{ delta: { refusal: 'I can' } }, { index: 1, delta: { function_call: { name: 'f' } } }]));
    accumulator.push(
      chunk([{ delta: { refusal: 'not' } }, { index: 1, delta: { function_call: { arguments: '{}' } } }]),
    );
    expect(accumulator.result().choices.map((choice) => choice.message)).toEqual([
      { role: 'assistant', content: null, refusal: 'I cannot' },
      { role: 'assistant', content: null, refusal: null, function_call: { name: 'f', arguments: '{}' } },
    ]);
  });

  test('chunks that are not what they should be add nothing and do not throw', () => {
    const accumulator = new ChatAccumulator();
    for (const odd of [{}, { choices: null }, { choices: [null, {}, { delta: null }, { delta: { content: 3 } }] }]) {
      accumulator.push(odd as unknown as ChatCompletionChunk);
    }
    expect(accumulator.text()).toBe('');
  });
});
