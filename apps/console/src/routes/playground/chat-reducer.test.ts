import { expect, test } from 'vitest';
import {
  type ChatAction,
  type ChatFrame,
  chatReducer,
  requestMessages,
  type Turn,
  tokensPerSecond,
} from './chat-reducer.ts';

const play = (...actions: ChatAction[]) => actions.reduce<readonly Turn[]>(chatReducer, []);
const sent: ChatAction = { type: 'sent', text: 'Hi', at: 0 };
const frame = (value: ChatFrame, at: number): ChatAction => ({ type: 'frame', frame: value, at });
const says = (content: string, at: number) => frame({ choices: [{ delta: { content } }] }, at);

test('deltas add up, and the first with text marks the time to first token', () => {
  const turns = play(
    sent,
    { type: 'opened', traceId: 't1' },
    frame({ choices: [{ delta: { content: '' } }] }, 5),
    says('Hel', 100),
    says('lo', 200),
    frame({ choices: [{ delta: {}, finish_reason: 'stop' }] }, 210),
    frame({ choices: [], usage: { prompt_tokens: 7, completion_tokens: 3 } }, 220),
    { type: 'ended', at: 300 },
  );
  expect(turns).toHaveLength(2);
  expect(turns[1]).toMatchObject({
    role: 'assistant',
    text: 'Hello',
    state: 'done',
    traceId: 't1',
    firstTokenAt: 100,
    finishReason: 'stop',
    usage: { inputTokens: 7, outputTokens: 3 },
  });
  expect(tokensPerSecond(turns[1]!)).toBe(10);
});

test('a stop keeps what was said, and nothing is added after it', () => {
  const turns = play(sent, says('Hel', 10), { type: 'stopped', at: 20 }, says('lo', 30), { type: 'ended', at: 40 });
  expect(turns[1]).toMatchObject({ text: 'Hel', state: 'stopped', endedAt: 20 });
});

test('a failure keeps its message and is left out of the next request', () => {
  const turns = play(
    sent,
    { type: 'failed', message: 'queue full', traceId: 'call_1', at: 5 },
    { type: 'sent', text: 'Again', at: 6 },
  );
  expect(turns[1]).toMatchObject({ state: 'failed', error: 'queue full' });
  expect(requestMessages('Be brief', turns)).toEqual([
    { role: 'system', content: 'Be brief' },
    { role: 'user', content: 'Hi' },
    { role: 'user', content: 'Again' },
  ]);
  expect(requestMessages('  ', turns)).toHaveLength(2);
});

const tool = (delta: { index?: number; id?: string; function?: { name?: string; arguments?: string } }) =>
  frame({ choices: [{ delta: { tool_calls: [delta] } }] }, 1);

test('two tool calls are never merged, also when both claim index 0 or none', () => {
  for (const index of [
    [0, 1],
    [0, 0],
    [undefined, undefined],
  ]) {
    const turns = play(
      sent,
      tool({ index: index[0]!, id: 'a', function: { name: 'get', arguments: '{"x"' } }),
      tool({ index: index[0]!, function: { arguments: ':1}' } }),
      tool({ index: index[1]!, id: 'b', function: { name: 'put', arguments: '{' } }),
      tool({ index: index[1]!, function: { arguments: '}' } }),
    );
    expect(turns[1]?.toolCalls.map(({ id, name, args }) => [id, name, args])).toEqual([
      ['a', 'get', '{"x":1}'],
      ['b', 'put', '{}'],
    ]);
  }
});

test('speed is told only when it can be known', () => {
  expect(tokensPerSecond(play(sent, says('x', 1))[1]!)).toBeUndefined();
  expect(tokensPerSecond(play(sent, says('x', 1), { type: 'ended', at: 9 })[1]!)).toBeUndefined();
});
