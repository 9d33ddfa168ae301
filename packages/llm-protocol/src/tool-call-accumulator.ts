import type { ChatToolCall, ChatToolCallDelta } from './chat-tool.ts';

interface OpenCall {
  id: string;
  /** Where the upstream said it is, if it said so. */
  index: number | undefined;
  name: string;
  arguments: string;
}

/**
 * Puts streamed tool calls together. Deltas should carry an index always, and id and name once; upstreams leave out the
 * index, send 0 for every call, send the name late, or repeat the id with every piece. An id is the stronger sign: two
 * ids are never one call.
 */
export class ToolCallAccumulator {
  readonly #calls: OpenCall[] = [];
  readonly #byId = new Map<string, OpenCall>();
  readonly #byIndex = new Map<number, OpenCall>();
  #last: OpenCall | undefined;

  push(deltas: readonly ChatToolCallDelta[]): void {
    for (const delta of deltas) if (delta) this.#add(delta);
  }

  get size(): number {
    return this.#calls.length;
  }

  /** The calls so far, in the order they began. `id` is empty when the upstream never sent one. */
  toolCalls(): Extract<ChatToolCall, { type: 'function' }>[] {
    return this.#calls.map(({ id, name, arguments: args }) => ({
      id,
      type: 'function',
      function: { name, arguments: args },
    }));
  }

  #add(delta: ChatToolCallDelta): void {
    const id = delta.id || undefined;
    const index = delta.index ?? undefined;
    const name = delta.function?.name || undefined;
    const args = textOf(delta.function?.arguments);
    const call = this.#find(id, index, name, args) ?? this.#open();
    if (id !== undefined && call.id === '') {
      call.id = id;
      this.#byId.set(id, call);
    }
    if (index !== undefined) {
      call.index ??= index;
      this.#byIndex.set(index, call);
    }
    if (name !== undefined) call.name = mergeName(call.name, name);
    call.arguments += args;
    this.#last = call;
  }

  #find(id: string | undefined, index: number | undefined, name: string | undefined, args: string) {
    if (id !== undefined) {
      const known = this.#byId.get(id);
      if (known !== undefined) return this.#withId(known, index, name, args);
      const place = index === undefined ? this.#last : this.#byIndex.get(index);
      return place !== undefined && place.id === '' && !isFull(place, name, args) ? place : undefined;
    }
    return this.#at(index, name, args);
  }

  // One id at two indexes: an upstream that numbers its calls badly, or one that only counts the index wrong.
  #withId(known: OpenCall, index: number | undefined, name: string | undefined, args: string): OpenCall | undefined {
    if (index === undefined || known.index === undefined || known.index === index) return known;
    const place = this.#byIndex.get(index);
    if (place?.id === known.id) return place;
    return name !== undefined && (name !== known.name || isFull(known, name, args)) ? undefined : known;
  }

  // Without an id to go by: the call last seen at that index, or without an index the last one.
  #at(index: number | undefined, name: string | undefined, args: string): OpenCall | undefined {
    let place = index === undefined ? this.#last : this.#byIndex.get(index);
    if (place === undefined && name === undefined && this.#last?.index === undefined) place = this.#last;
    return place !== undefined && isFull(place, name, args) ? undefined : place;
  }

  #open(): OpenCall {
    const call: OpenCall = { id: '', index: undefined, name: '', arguments: '' };
    this.#calls.push(call);
    return call;
  }
}

/** Whether a delta with a name must begin another call: this one has its name and all of its arguments, or others. */
function isFull(call: OpenCall, name: string | undefined, args: string): boolean {
  if (name === undefined || call.name === '' || call.arguments === '') return false;
  if (name !== call.name) return true;
  return args.trimStart().startsWith('{') && isJson(call.arguments);
}

// Names come whole, repeated, growing, or (rarely) in pieces.
function mergeName(known: string, name: string): string {
  if (name.startsWith(known)) return name;
  return known + name;
}

// By the API a string; some upstreams send the object itself.
function textOf(args: unknown): string {
  if (args === undefined || args === null) return '';
  return typeof args === 'string' ? args : JSON.stringify(args);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
