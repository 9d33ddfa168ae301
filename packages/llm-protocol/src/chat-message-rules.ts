import { type Fields, isObject, refuse, refuseValue } from './request-field.ts';

const ROLES = 'one of system, developer, user, assistant, tool, function';

/** `messages`: not empty, each with a role and the content that role may have. */
export function checkMessages(messages: unknown): void {
  if (!Array.isArray(messages)) refuse('messages', 'an array of messages', messages);
  if (messages.length === 0) refuseValue('messages', 'at least one message', messages);
  for (let i = 0; i < messages.length; i++) checkMessage(messages[i], i);
}

function checkMessage(message: unknown, i: number): void {
  if (!isObject(message)) refuse(`messages[${i}]`, 'an object with "role" and "content"', message);
  const { role, content } = message;
  switch (role) {
    case 'system':
    case 'developer':
    case 'user':
      break;
    case 'assistant':
      checkToolCalls(message['tool_calls'], i);
      // Earlier answers are sent back as they came: null when empty, absent beside what took the content's place.
      if (content === null || (content === undefined && hasOtherContent(message))) return;
      break;
    case 'tool':
      if (typeof message['tool_call_id'] !== 'string') {
        refuse(`messages[${i}].tool_call_id`, 'the id of the call that this answers', message['tool_call_id']);
      }
      break;
    case 'function':
      if (content === null) return;
      break;
    default:
      if (typeof role === 'string') refuseValue(`messages[${i}].role`, ROLES, role);
      refuse(`messages[${i}].role`, ROLES, role);
  }
  if (typeof content !== 'string') checkParts(content, i);
}

function checkParts(content: unknown, i: number): void {
  if (!Array.isArray(content)) refuse(`messages[${i}].content`, 'a string or an array of parts', content);
  for (let j = 0; j < content.length; j++) {
    const part: unknown = content[j];
    if (!isObject(part)) refuse(`messages[${i}].content[${j}]`, 'an object with "type"', part);
    const { type } = part;
    if (type === 'text') {
      if (typeof part['text'] !== 'string') refuse(`messages[${i}].content[${j}].text`, 'a string', part['text']);
    } else if (type === 'image_url') {
      const image = part['image_url'];
      if (!isObject(image)) refuse(`messages[${i}].content[${j}].image_url`, 'an object with "url"', image);
      if (typeof image['url'] !== 'string') {
        refuse(`messages[${i}].content[${j}].image_url.url`, 'an http(s) or data URL', image['url']);
      }
    } else if (typeof type !== 'string') {
      refuse(`messages[${i}].content[${j}].type`, 'the name of a part, such as text or image_url', type);
    }
  }
}

function checkToolCalls(calls: unknown, i: number): void {
  if (calls === undefined || calls === null) return;
  if (!Array.isArray(calls)) refuse(`messages[${i}].tool_calls`, 'an array of tool calls', calls);
  for (let j = 0; j < calls.length; j++) {
    const call: unknown = calls[j];
    const at = (field: string): string => `messages[${i}].tool_calls[${j}]${field}`;
    if (!isObject(call)) refuse(at(''), 'an object with "id", "type" and "function"', call);
    if (typeof call['id'] !== 'string') refuse(at('.id'), 'a string', call['id']);
    if (call['type'] !== undefined && call['type'] !== 'function') continue;
    const called = call['function'];
    if (!isObject(called)) refuse(at('.function'), 'an object with "name" and "arguments"', called);
    if (typeof called['name'] !== 'string') refuse(at('.function.name'), 'a string', called['name']);
    if (typeof called['arguments'] !== 'string') {
      refuse(at('.function.arguments'), 'JSON as a string', called['arguments']);
    }
  }
}

function hasOtherContent(message: Fields): boolean {
  return ['tool_calls', 'function_call', 'refusal', 'audio', 'reasoning_content'].some((key) => Boolean(message[key]));
}
