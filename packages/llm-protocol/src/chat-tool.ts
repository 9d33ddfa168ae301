export type ChatTool = FunctionTool | CustomTool;

export interface FunctionTool {
  type: 'function';
  function: {
    /** a-z, A-Z, 0-9, `_`, `-`; at most 64. */
    name: string;
    description?: string;
    /** JSON Schema of the arguments; absent means none. */
    parameters?: Record<string, unknown> | null;
    strict?: boolean | null;
  };
}

export interface CustomTool {
  type: 'custom';
  custom: { name: string; description?: string; format?: unknown };
}

export type ChatToolChoice =
  | 'none'
  | 'auto'
  | 'required'
  | { type: 'function'; function: { name: string } }
  | { type: 'custom'; custom: { name: string } }
  | { type: 'allowed_tools'; allowed_tools: { mode: 'auto' | 'required'; tools: Record<string, unknown>[] } };

export interface FunctionCall {
  name: string;
  /** JSON text as the model wrote it, perhaps not valid. */
  arguments: string;
}

export type ChatToolCall =
  | { id: string; type: 'function'; function: FunctionCall }
  | { id: string; type: 'custom'; custom: { name: string; input: string } };

/** A piece of a tool call. By the API `index` is always there; upstreams leave out any of it. */
export interface ChatToolCallDelta {
  index?: number | null;
  id?: string | null;
  type?: 'function' | null;
  function?: { name?: string | null; arguments?: string | null } | null;
}
