import type { ChatRole } from '@llmops/ui';

export interface ReadMessage {
  role: ChatRole;
  name?: string | undefined;
  text: string;
  toolCalls: { id: string; name: string; args: string }[];
}

type Fields = Record<string, unknown>;

/**
 * The messages in a span's input or output, in whatever shape it was recorded: a list of messages, one message, a
 * chat answer with choices, a request with messages, a bare string or list of strings (embeddings). Undefined when
 * there are none to read, as in JSON that was cut off.
 */
export function readMessages(json: string, defaultRole: ChatRole): ReadMessage[] | undefined {
  try {
    return messagesOf(JSON.parse(json), defaultRole);
  } catch {
    return undefined;
  }
}

function messagesOf(value: unknown, role: ChatRole): ReadMessage[] | undefined {
  if (typeof value === 'string') return [{ role, text: value, toolCalls: [] }];
  if (Array.isArray(value)) {
    const read = value.map((entry) => messagesOf(entry, role));
    return read.length > 0 && read.every((entry) => entry !== undefined) ? read.flat() : undefined;
  }
  if (!isFields(value)) return undefined;
  for (const key of ['messages', 'choices', 'message', 'input', 'prompt']) {
    if (value[key] !== undefined) return messagesOf(value[key], role);
  }
  if (typeof value['text'] === 'string' && value['role'] === undefined) return messagesOf(value['text'], role);
  if (value['role'] === undefined && value['content'] === undefined && value['tool_calls'] === undefined)
    return undefined;
  return [messageOf(value, role)];
}

function messageOf(value: Fields, role: ChatRole): ReadMessage {
  const calls = Array.isArray(value['tool_calls']) ? value['tool_calls'].filter(isFields) : [];
  return {
    role: roleOf(value['role'], role),
    name: stringOf(value['name']) ?? stringOf(value['tool_call_id']),
    text: textOf(value['content']) || (stringOf(value['refusal']) ?? ''),
    toolCalls: calls.map(toolCallOf),
  };
}

function toolCallOf(call: Fields) {
  const fn = isFields(call['function']) ? call['function'] : call;
  const args = fn['arguments'];
  return {
    id: stringOf(call['id']) ?? '',
    name: stringOf(fn['name']) ?? 'tool',
    args: typeof args === 'string' ? indent(args) : JSON.stringify(args ?? {}, null, 2),
  };
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return content === null || content === undefined ? '' : JSON.stringify(content);
  return content
    .map((part) => (isFields(part) ? (stringOf(part['text']) ?? `[${String(part['type'])}]`) : String(part)))
    .join('\n');
}

function roleOf(value: unknown, fallback: ChatRole): ChatRole {
  if (value === 'developer') return 'system';
  return value === 'system' || value === 'user' || value === 'assistant' || value === 'tool' ? value : fallback;
}

function indent(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
