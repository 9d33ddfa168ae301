import type { JsonRow } from '../formats/index.ts';
import { contentText, type Dialogue, isObject, type Message, ShapeError } from './dialogue.ts';

/** `{messages: [{role, content}]}` */
export const toOpenAiChat = ({ messages, tools, rest }: Dialogue): JsonRow => ({
  messages,
  ...(tools === undefined ? {} : { tools }),
  ...rest,
});

const turnOf: Record<string, string> = {
  user: 'human',
  assistant: 'gpt',
  system: 'system',
  developer: 'system',
  tool: 'observation',
};

/** `{conversations: [{from, value}]}` */
export const toShareGpt = ({ messages, tools, rest }: Dialogue): JsonRow => ({
  conversations: messages.flatMap((message) => shareGptTurns(message)),
  ...(tools === undefined ? {} : { tools: JSON.stringify(tools) }),
  ...rest,
});

function shareGptTurns(message: Message): JsonRow[] {
  const from = turnOf[message.role];
  if (!from) throw new ShapeError('messages', `the role ${JSON.stringify(message.role)} has no turn in ShareGPT`);
  const calls = message['tool_calls'];
  const text = contentText(message);
  const spoken = text === '' && Array.isArray(calls) ? [] : [{ from, value: text }];
  return [...spoken, ...(Array.isArray(calls) ? calls.map(functionCall) : [])];
}

function functionCall(call: unknown): JsonRow {
  const called = isObject(call) ? call['function'] : undefined;
  if (!isObject(called)) throw new ShapeError('messages', 'a tool call has no function');
  const given = called['arguments'];
  return { from: 'function_call', value: JSON.stringify({ name: called['name'], arguments: parsed(given) }) };
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value ?? {};
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** `{instruction, input, output}`, with `system` and `history` where the dialogue is longer. */
export function toAlpaca({ messages, rest }: Dialogue): JsonRow {
  const system = messages.filter(({ role }) => role === 'system' || role === 'developer').map(contentText);
  const turns = messages.filter(({ role }) => role !== 'system' && role !== 'developer');
  for (const [i, { role }] of turns.entries()) {
    if (role !== (i % 2 === 0 ? 'user' : 'assistant')) {
      throw new ShapeError(
        'messages',
        `Alpaca takes questions and answers in turn; message ${i + 1} is of the role ${role}`,
      );
    }
  }
  const [question, answer] = turns.slice(-2);
  if (!question || !answer || turns.length % 2 !== 0) throw new ShapeError('messages', 'does not end with an answer');
  const earlier = turns.slice(0, -2);
  const history = earlier.flatMap((turn, i) =>
    i % 2 === 0 ? [[contentText(turn), contentText(earlier[i + 1]!)]] : [],
  );
  return {
    instruction: contentText(question),
    input: '',
    output: contentText(answer),
    ...(system.length > 0 ? { system: system.join('\n') } : {}),
    ...(history.length > 0 ? { history } : {}),
    ...rest,
  };
}

/** `{text}`: what was said, without who said it. */
export const toText = ({ messages }: Dialogue): JsonRow => ({ text: messages.map(contentText).join('\n') });
