import type { JsonRow } from '../formats/index.ts';
import { type Dialogue, isObject, type Message, ShapeError, textOf, without } from './dialogue.ts';
import type { RowShape } from './shape.ts';

const roleOf: Record<string, string> = {
  human: 'user',
  user: 'user',
  gpt: 'assistant',
  assistant: 'assistant',
  chatgpt: 'assistant',
  bot: 'assistant',
  model: 'assistant',
  system: 'system',
  observation: 'tool',
  function_response: 'tool',
  tool: 'tool',
};

/** A row of a chat shape as a dialogue. Throws {@link ShapeError}. */
export function readDialogue(row: JsonRow, shape: RowShape): Dialogue {
  switch (shape) {
    case 'openai_chat':
      return {
        messages: openAiMessages(row['messages'], 'messages'),
        ...toolsOf(row),
        rest: without(row, 'messages', 'tools'),
      };
    case 'sharegpt':
      return fromShareGpt(row);
    case 'alpaca':
      return fromAlpaca(row);
    case 'qa':
      return fromQa(row);
    case 'preference':
      return { messages: [...promptOf(row), answerOf(row, 'chosen')], rest: without(row, ...preferenceColumns) };
    default:
      throw new ShapeError('', `rows of the shape ${shape} hold no dialogue`);
  }
}

const preferenceColumns = ['prompt', 'conversations', 'messages', 'chosen', 'rejected', 'system'];

export function openAiMessages(value: unknown, column: string): Message[] {
  if (!Array.isArray(value) || value.length === 0) throw new ShapeError(column, 'is no list of messages');
  return value.map((message, i) => {
    if (!isObject(message) || typeof message['role'] !== 'string')
      throw new ShapeError(column, `message ${i + 1} has no role`);
    return { ...message, role: message['role'], content: message['content'] ?? null };
  });
}

function fromShareGpt(row: JsonRow): Dialogue {
  const { conversations } = row;
  if (!Array.isArray(conversations) || conversations.length === 0)
    throw new ShapeError('conversations', 'is no list of turns');
  const system = textOf(row['system']);
  return {
    messages: [
      ...(system === '' ? [] : [{ role: 'system', content: system }]),
      ...shareGptTurns(conversations, 'conversations'),
    ],
    ...toolsOf(row),
    rest: without(row, 'conversations', 'system', 'tools'),
  };
}

/** Turns `{from, value}`; a function call's value is `{name, arguments}` as JSON, and the next observation answers it. */
function shareGptTurns(turns: unknown[], column: string): Message[] {
  let calls = 0;
  return turns.map((turn, i) => {
    if (!isObject(turn) || typeof turn['from'] !== 'string' || typeof turn['value'] !== 'string') {
      throw new ShapeError(column, `turn ${i + 1} lacks from or value`);
    }
    if (turn['from'] === 'function_call') {
      calls += 1;
      return { role: 'assistant', content: null, tool_calls: [toolCall(turn['value'], `call_${calls}`, column)] };
    }
    const role = roleOf[turn['from']];
    if (!role)
      throw new ShapeError(column, `turn ${i + 1} is from ${JSON.stringify(turn['from'])}, which is no known role`);
    return role === 'tool'
      ? { role, tool_call_id: `call_${Math.max(1, calls)}`, content: turn['value'] }
      : { role, content: turn['value'] };
  });
}

function toolCall(value: string, id: string, column: string) {
  try {
    const call: unknown = JSON.parse(value);
    if (isObject(call) && typeof call['name'] === 'string') {
      const given = call['arguments'] ?? {};
      return {
        id,
        type: 'function',
        function: { name: call['name'], arguments: typeof given === 'string' ? given : JSON.stringify(given) },
      };
    }
  } catch {
    // falls through
  }
  throw new ShapeError(column, 'a function call is not {"name", "arguments"} as JSON');
}

function fromAlpaca(row: JsonRow): Dialogue {
  const { instruction, output } = row;
  if (typeof instruction !== 'string') throw new ShapeError('instruction', 'is no text');
  if (typeof output !== 'string') throw new ShapeError('output', 'is no text');
  const input = textOf(row['input']);
  const system = textOf(row['system']);
  const history = Array.isArray(row['history']) ? row['history'] : [];
  return {
    messages: [
      ...(system === '' ? [] : [{ role: 'system', content: system }]),
      ...history.flatMap((pair) => historyTurns(pair)),
      { role: 'user', content: input === '' ? instruction : `${instruction}\n${input}` },
      { role: 'assistant', content: output },
    ],
    rest: without(row, 'instruction', 'input', 'output', 'system', 'history'),
  };
}

function historyTurns(pair: unknown): Message[] {
  if (!Array.isArray(pair) || pair.length !== 2) throw new ShapeError('history', 'is no list of [question, answer]');
  return [
    { role: 'user', content: textOf(pair[0]) },
    { role: 'assistant', content: textOf(pair[1]) },
  ];
}

function fromQa(row: JsonRow): Dialogue {
  const question = textOf(row['question']);
  const context = textOf(row['context']);
  return {
    messages: [
      { role: 'user', content: context === '' ? question : `${context}\n\n${question}` },
      { role: 'assistant', content: firstAnswer(row) },
    ],
    rest: without(row, 'question', 'context', 'answers', 'answer', 'is_impossible'),
  };
}

/** The first answer of a QA row: `answer`, or of `answers`, in SQuAD's form or as a plain list. */
export function firstAnswer(row: JsonRow): string {
  const { answers } = row;
  const list = isObject(answers) ? answers['text'] : answers;
  const first: unknown = row['answer'] ?? (Array.isArray(list) ? list[0] : list);
  const text = isObject(first) ? first['text'] : first;
  if (typeof text !== 'string') throw new ShapeError('answers', 'has no answer');
  return text;
}

/** What comes before the answers of a preference pair. */
export function promptOf(row: JsonRow): Message[] {
  const system = textOf(row['system']);
  const before = system === '' ? [] : [{ role: 'system', content: system }];
  const prompt = row['prompt'] ?? row['messages'];
  if (typeof prompt === 'string') return [...before, { role: 'user', content: prompt }];
  if (Array.isArray(prompt)) return [...before, ...openAiMessages(prompt, 'prompt')];
  if (Array.isArray(row['conversations'])) return [...before, ...shareGptTurns(row['conversations'], 'conversations')];
  throw new ShapeError('prompt', 'is neither text nor a list of messages');
}

/** One side of a preference pair: text, a message, a turn, or a list that ends in one. */
export function answerOf(row: JsonRow, column: 'chosen' | 'rejected'): Message {
  const value = row[column];
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  if (typeof last === 'string') return { role: 'assistant', content: last };
  if (isObject(last) && 'content' in last) return { ...last, role: 'assistant', content: last['content'] };
  if (isObject(last) && typeof last['value'] === 'string') return { role: 'assistant', content: last['value'] };
  throw new ShapeError(column, 'is neither text nor a message');
}

/** Definitions of functions, which some sets hold as JSON text. */
function toolsOf({ tools }: JsonRow): { tools?: unknown } {
  if (tools === undefined || tools === null || tools === '') return {};
  if (typeof tools !== 'string') return { tools };
  try {
    return { tools: JSON.parse(tools) as unknown };
  } catch {
    throw new ShapeError('tools', 'is not JSON');
  }
}
