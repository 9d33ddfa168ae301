import type { ChatToolCall, FunctionCall } from './chat-tool.ts';

export type ChatMessage =
  | SystemMessage
  | UserMessage
  | AssistantMessage
  | ToolMessage
  | { role: 'function'; name: string; content: string | null };

export interface SystemMessage {
  /** `developer` is what newer models call `system`. */
  role: 'system' | 'developer';
  content: string | TextPart[];
  name?: string;
}

export interface UserMessage {
  role: 'user';
  content: string | ContentPart[];
  name?: string;
}

export interface AssistantMessage {
  role: 'assistant';
  /** May be absent beside `tool_calls`. */
  content?: string | (TextPart | RefusalPart)[] | null;
  refusal?: string | null;
  name?: string;
  tool_calls?: ChatToolCall[];
  function_call?: FunctionCall | null;
  audio?: { id: string } | null;
}

export interface ToolMessage {
  role: 'tool';
  content: string | TextPart[];
  tool_call_id: string;
}

export type ContentPart = TextPart | ImagePart | AudioPart | FilePart;

export interface TextPart {
  type: 'text';
  text: string;
}

export interface RefusalPart {
  type: 'refusal';
  refusal: string;
}

export interface ImagePart {
  type: 'image_url';
  /** `url` is http(s) or a data URL. */
  image_url: { url: string; detail?: 'auto' | 'low' | 'high' };
}

export interface AudioPart {
  type: 'input_audio';
  /** `data` is base64. */
  input_audio: { data: string; format: string };
}

export interface FilePart {
  type: 'file';
  file: { file_id?: string; filename?: string; file_data?: string };
}

/** The text of a message's content, text parts joined; other parts add nothing. */
export function textOfContent(content: string | readonly { type: string; text?: string }[] | null | undefined): string {
  if (typeof content === 'string') return content;
  let text = '';
  for (const part of content ?? []) if (part.type === 'text' && part.text !== undefined) text += part.text;
  return text;
}
