import { describe, expect, test } from 'vitest';
import { InvalidRequestError } from './invalid-request-error.ts';
import { parseChatRequest } from './parse-chat-request.ts';
import { parseCompletionRequest } from './parse-completion-request.ts';
import { parseEmbeddingRequest } from './parse-embedding-request.ts';

const chat = { model: 'm', messages: [{ role: 'user', content: 'hi' }] };
const tool = { type: 'function', function: { name: 'f', parameters: { type: 'object' } } };

function refusal(parse: (body: unknown) => unknown, body: unknown): InvalidRequestError {
  try {
    parse(body);
  } catch (error) {
    if (error instanceof InvalidRequestError) return error;
    throw error;
  }
  throw new Error('expected a refusal');
}

const message = (fields: object): object => ({ ...chat, messages: [chat.messages[0], fields] });

describe('parseChatRequest', () => {
  test('gives back the same object with unknown fields untouched', () => {
    const body = { ...chat, top_k: 5, provider: { order: ['a'] }, messages: [{ ...chat.messages[0], cache: true }] };
    const copy = structuredClone(body);
    expect(parseChatRequest(body)).toBe(body);
    expect(body).toEqual(copy);
  });

  test('every documented field at its limits, and null in place of absent, passes', () => {
    parseChatRequest({
      ...chat,
      ...{ stream: true, stream_options: { include_usage: true }, temperature: 2, top_p: 0, n: 128, stop: ['a', 'b'] },
      ...{ max_tokens: 1, max_completion_tokens: 1, presence_penalty: -2, frequency_penalty: 2, seed: -1, user: 'u' },
      ...{ logit_bias: { '50256': -100 }, logprobs: true, top_logprobs: 20, tools: [tool], tool_choice: 'required' },
      ...{
        parallel_tool_calls: false,
        response_format: { type: 'json_schema', json_schema: { name: 's', schema: {} } },
      },
      ...{ reasoning_effort: 'low', metadata: { session_id: 's' } },
    });
    const nulls = [
      'stream',
      'stream_options',
      'temperature',
      'n',
      'stop',
      'max_tokens',
      'seed',
      'tools',
      'tool_choice',
    ];
    parseChatRequest({ ...chat, ...Object.fromEntries(nulls.map((key) => [key, null])) });
  });

  test('a conversation with tools, parts and earlier empty answers passes', () => {
    parseChatRequest({
      ...chat,
      tools: [tool, { type: 'custom', custom: { name: 'c' } }],
      tool_choice: { type: 'function', function: { name: 'f' } },
      messages: [
        { role: 'developer', content: [{ type: 'text', text: 'x' }] },
        {
          role: 'user',
          content: [{ type: 'image_url', image_url: { url: 'data:,' } }, { type: 'video_url' }],
          name: 'n',
        },
        { role: 'assistant', tool_calls: [{ id: '1', type: 'function', function: { name: 'f', arguments: '{}' } }] },
        { role: 'tool', tool_call_id: '1', content: '' },
        { role: 'assistant', content: null },
        { role: 'assistant', content: null, refusal: 'no' },
      ],
    });
  });

  const cases: [object | null | string, string | null, string, string][] = [
    [null, null, 'invalid_type', 'The body: expected a JSON object, got null.'],
    [[], null, 'invalid_type', 'The body: expected a JSON object, got an empty array.'],
    [
      { messages: chat.messages },
      'model',
      'missing_required_parameter',
      '"model": required; expected the name of a model.',
    ],
    [{ ...chat, model: '' }, 'model', 'invalid_value', '"model": expected the name of a model, got "".'],
    [{ model: 'm' }, 'messages', 'missing_required_parameter', '"messages": required; expected an array of messages.'],
    [{ model: 'm', messages: [] }, 'messages', 'invalid_value', 'at least one message, got an empty array'],
    [
      message({ role: 'User', content: '' }),
      'messages[1].role',
      'invalid_value',
      '"messages[1].role": expected one of system, developer, user, assistant, tool, function, got "User".',
    ],
    [message({ content: '' }), 'messages[1].role', 'missing_required_parameter', 'required; expected one of system'],
    [message({ role: 'user' }), 'messages[1].content', 'missing_required_parameter', 'a string or an array of parts'],
    [message({ role: 'user', content: null }), 'messages[1].content', 'invalid_type', 'got null'],
    [message({ role: 'assistant' }), 'messages[1].content', 'missing_required_parameter', 'a string or an array'],
    [
      message({ role: 'user', content: [{ type: 'text' }] }),
      'messages[1].content[0].text',
      'missing_required_parameter',
      'a string',
    ],
    [
      message({ role: 'user', content: [{ type: 'image_url', image_url: 'x' }] }),
      'messages[1].content[0].image_url',
      'invalid_type',
      'an object with "url", got a string',
    ],
    [
      message({ role: 'tool', content: 'x' }),
      'messages[1].tool_call_id',
      'missing_required_parameter',
      'the id of the call',
    ],
    [
      message({ role: 'assistant', tool_calls: [{ id: 'a', function: { name: 'f', arguments: {} } }] }),
      'messages[1].tool_calls[0].function.arguments',
      'invalid_type',
      'JSON as a string, got an object',
    ],
    [
      { ...chat, temperature: 2.1 },
      'temperature',
      'invalid_value',
      '"temperature": expected a number from 0 to 2, got 2.1.',
    ],
    [{ ...chat, temperature: '1' }, 'temperature', 'invalid_type', 'expected a number from 0 to 2, got a string'],
    [{ ...chat, n: 1.5 }, 'n', 'invalid_value', 'an integer from 1 to 128, got 1.5'],
    [{ ...chat, max_tokens: 0 }, 'max_tokens', 'invalid_value', 'an integer of at least 1, got 0'],
    [{ ...chat, stream: 'yes' }, 'stream', 'invalid_type', 'true or false, got a string'],
    [
      { ...chat, stream_options: { include_usage: true } },
      'stream_options',
      'invalid_value',
      '"stream_options": only allowed beside "stream": true.',
    ],
    [{ ...chat, stop: ['a', 1] }, 'stop[1]', 'invalid_type', 'a string, got a number'],
    [{ ...chat, logit_bias: { a: 1 } }, 'logit_bias', 'invalid_value', 'keys that are token ids, got "a"'],
    [{ ...chat, logit_bias: { 1: 101 } }, 'logit_bias', 'invalid_value', 'values from -100 to 100, got 101'],
    [{ ...chat, top_logprobs: 2 }, 'top_logprobs', 'invalid_value', 'only allowed beside "logprobs": true'],
    [
      { ...chat, tools: [{ type: 'function', function: {} }] },
      'tools[0].function.name',
      'missing_required_parameter',
      'a string',
    ],
    [{ ...chat, tool_choice: 'required' }, 'tool_choice', 'invalid_value', 'only allowed beside "tools"'],
    [{ ...chat, tools: [tool], tool_choice: 'f' }, 'tool_choice', 'invalid_value', 'none, auto, required or an object'],
    [
      { ...chat, tools: [tool], tool_choice: { type: 'function', function: { name: 'g' } } },
      'tool_choice.function.name',
      'invalid_value',
      'the name of one of "tools", got "g"',
    ],
    [
      { ...chat, response_format: { type: 'xml' } },
      'response_format.type',
      'invalid_value',
      'one of text, json_object, json_schema, got "xml"',
    ],
    [
      { ...chat, response_format: { type: 'json_schema' } },
      'response_format.json_schema',
      'missing_required_parameter',
      'an object with "name"',
    ],
    [{ ...chat, metadata: 'x' }, 'metadata', 'invalid_type', 'an object, got a string'],
  ];
  test.each(cases)('%j is refused, naming the field and the fix', (body, param, code, text) => {
    const error = refusal(parseChatRequest, body);
    expect({ param: error.param, code: error.code }).toEqual({ param, code });
    expect(error.message).toContain(text);
    expect(error.toBody()).toEqual({
      error: { message: error.message, type: 'invalid_request_error', param, code },
    });
  });

  test('what a message says is never quoted in a refusal', () => {
    expect(refusal(parseChatRequest, message({ role: 'user', content: { secret: 'sk-1' } })).message).not.toContain(
      'sk-1',
    );
  });
});

describe('parseCompletionRequest', () => {
  test.each(['', 'text', ['a', 'b'], [1, 2], [[1], [2, 3]]].map((prompt) => [prompt]))('prompt %j passes', (prompt) => {
    expect(parseCompletionRequest({ model: 'm', prompt, max_tokens: 0, echo: true, logprobs: 5 }).prompt).toBe(prompt);
  });

  test.each([
    [undefined, 'prompt', 'required; expected a string, an array of strings, or token ids'],
    [[], 'prompt', 'at least one item'],
    [['a', 1], 'prompt[1]', 'the same type'],
    [[1, -1], 'prompt[1]', 'a token id, got -1'],
    [[[1], []], 'prompt[1]', 'at least one token id'],
    [[{}], 'prompt[0]', 'got an object'],
  ])('prompt %j is refused', (prompt, param, text) => {
    const error = refusal(parseCompletionRequest, { model: 'm', prompt });
    expect(error.param).toBe(param);
    expect(error.message).toContain(text);
  });
});

describe('parseEmbeddingRequest', () => {
  test('texts and token ids pass', () => {
    for (const input of ['a', ['a', 'b'], [1, 2], [[1], [2]]]) {
      expect(parseEmbeddingRequest({ model: 'm', input, encoding_format: 'base64', dimensions: 8 }).input).toBe(input);
    }
  });

  test.each([
    [{ input: '' }, 'input', 'text that is not empty'],
    [{ input: ['a', ''] }, 'input[1]', 'text that is not empty'],
    [{ input: Array(2049).fill('a') }, 'input', 'at most 2048 items, got 2049'],
    [{ input: 'a', encoding_format: 'int8' }, 'encoding_format', 'float or base64, got "int8"'],
    [{ input: 'a', dimensions: 0 }, 'dimensions', 'an integer from 1'],
  ])('%j is refused', (fields, param, text) => {
    const error = refusal(parseEmbeddingRequest, { model: 'm', ...fields });
    expect(error.param).toBe(param);
    expect(error.message).toContain(text);
  });
});
