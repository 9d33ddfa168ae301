/** What was counted by the upstream, from the stream's last frame. */
interface ChatUsage {
  inputTokens: number;
  outputTokens: number;
}

interface ToolCall {
  index: number;
  id: string;
  name: string;
  args: string;
}

/** A passage that an answer was given to stand on. */
export interface Citation {
  number: number;
  document: string;
  document_name: string;
  title: string;
  heading_path: string[];
  text: string;
  start: number;
  end: number;
  page?: number;
  suspicious?: boolean;
}

/** Where an answer came from. */
export interface Grounding {
  knowledge_base: string;
  refused: boolean;
  support: number;
  citations: Citation[];
}

/** A part of the answer and the passage it rests on. */
export interface Annotation {
  citation: number;
  inferred: boolean;
  url_citation: { start_index: number; end_index: number };
}

export interface Turn {
  id: number;
  role: 'user' | 'assistant';
  text: string;
  toolCalls: ToolCall[];
  state: 'streaming' | 'done' | 'stopped' | 'failed';
  error?: string | undefined;
  traceId?: string | undefined;
  usage?: ChatUsage | undefined;
  finishReason?: string | undefined;
  grounding?: Grounding | undefined;
  annotations?: Annotation[] | undefined;
  /** Milliseconds of one clock. */
  sentAt: number;
  firstTokenAt?: number | undefined;
  endedAt?: number | undefined;
}

/** A frame of the OpenAI API's stream, as much of it as is shown. */
export interface ChatFrame {
  choices?: { delta?: FrameDelta | undefined; finish_reason?: string | null | undefined }[] | undefined;
  usage?: { prompt_tokens?: number; completion_tokens?: number } | null | undefined;
  /** Before the first token, with a knowledge base. */
  retrieval?: Grounding | undefined;
  /** After the last. */
  annotations?: Annotation[] | undefined;
}

interface FrameDelta {
  content?: string | null;
  tool_calls?: { index?: number; id?: string; function?: { name?: string; arguments?: string } }[];
}

export type ChatAction =
  | { type: 'sent'; text: string; at: number }
  | { type: 'opened'; traceId: string | undefined }
  | { type: 'frame'; frame: ChatFrame; at: number }
  | { type: 'ended'; at: number }
  | { type: 'stopped'; at: number }
  | { type: 'failed'; message: string; traceId: string | undefined; at: number }
  | { type: 'cleared' };

/** The conversation after something happened. Only the last turn can be streaming; what comes after its end is dropped. */
export function chatReducer(turns: readonly Turn[], action: ChatAction): readonly Turn[] {
  switch (action.type) {
    case 'sent':
      return [
        ...turns,
        turnOf(turns.length, 'user', action.text, action.at),
        turnOf(turns.length + 1, 'assistant', '', action.at),
      ];
    case 'cleared':
      return [];
    case 'opened':
      return changeLast(turns, () => ({ traceId: action.traceId }));
    case 'frame':
      return changeLast(turns, (turn) => withFrame(turn, action.frame, action.at));
    case 'ended':
      return changeLast(turns, () => ({ state: 'done', endedAt: action.at }));
    case 'stopped':
      return changeLast(turns, () => ({ state: 'stopped', endedAt: action.at }));
    case 'failed':
      return changeLast(turns, (turn) => ({
        state: 'failed',
        error: action.message,
        traceId: turn.traceId ?? action.traceId,
        endedAt: action.at,
      }));
  }
}

function turnOf(id: number, role: Turn['role'], text: string, sentAt: number): Turn {
  return { id, role, text, toolCalls: [], state: role === 'user' ? 'done' : 'streaming', sentAt };
}

function changeLast(turns: readonly Turn[], change: (turn: Turn) => Partial<Turn>): readonly Turn[] {
  const last = turns.at(-1);
  return last?.state === 'streaming' ? [...turns.slice(0, -1), { ...last, ...change(last) }] : turns;
}

function withFrame(turn: Turn, frame: ChatFrame, at: number): Partial<Turn> {
  const choice = frame.choices?.[0];
  const text = choice?.delta?.content ?? '';
  const calls = choice?.delta?.tool_calls ?? [];
  const spoke = text !== '' || calls.length > 0;
  return {
    text: turn.text + text,
    toolCalls: calls.reduce(withToolCall, turn.toolCalls),
    firstTokenAt: turn.firstTokenAt ?? (spoke ? at : undefined),
    finishReason: choice?.finish_reason ?? turn.finishReason,
    grounding: frame.retrieval ?? turn.grounding,
    annotations: frame.annotations ?? turn.annotations,
    usage: frame.usage
      ? { inputTokens: frame.usage.prompt_tokens ?? 0, outputTokens: frame.usage.completion_tokens ?? 0 }
      : turn.usage,
  };
}

/** Upstreams differ: some leave the index out or send 0 for all, so a new id is a new call whatever its index says. */
function withToolCall(calls: ToolCall[], delta: NonNullable<FrameDelta['tool_calls']>[number]): ToolCall[] {
  const known = delta.id ? calls.findIndex((call) => call.id === delta.id) : lastIndexOf(calls, delta.index);
  const call = calls[known];
  if (call === undefined) {
    const index = delta.index ?? calls.length;
    return [
      ...calls,
      { index, id: delta.id ?? '', name: delta.function?.name ?? '', args: delta.function?.arguments ?? '' },
    ];
  }
  const grown = {
    ...call,
    name: call.name || (delta.function?.name ?? ''),
    args: call.args + (delta.function?.arguments ?? ''),
  };
  return calls.map((entry, index) => (index === known ? grown : entry));
}

function lastIndexOf(calls: ToolCall[], index: number | undefined): number {
  return index === undefined ? calls.length - 1 : calls.findLastIndex((call) => call.index === index);
}

/** Tokens a second from the first to the last; undefined before the end or when there are too few to tell. */
export function tokensPerSecond(turn: Turn): number | undefined {
  if (turn.firstTokenAt === undefined || turn.endedAt === undefined || turn.usage === undefined) return undefined;
  const seconds = (turn.endedAt - turn.firstTokenAt) / 1000;
  return turn.usage.outputTokens > 1 && seconds > 0 ? (turn.usage.outputTokens - 1) / seconds : undefined;
}

/** What is sent as the conversation so far: turns that failed or said nothing are left out. */
export function requestMessages(system: string, turns: readonly Turn[]): { role: string; content: string }[] {
  const said = turns.filter((turn) => turn.text !== '' && turn.state !== 'failed');
  const messages = said.map(({ role, text }) => ({ role: role as string, content: text }));
  return system.trim() === '' ? messages : [{ role: 'system', content: system }, ...messages];
}
