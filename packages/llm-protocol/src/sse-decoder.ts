const LF = 10;
const CR = 13;
const COLON = 58;
const SPACE = 32;

/** One block of a stream: the lines up to and with the empty line that ends it. */
export interface SseFrame {
  /** The data lines joined with LF. Undefined when the block has none (a comment): there is nothing to handle. */
  data: string | undefined;
  /** `message` when the block names none. */
  event: string;
  /** The last `id` seen on the stream, `''` before the first. */
  lastEventId: string;
  retryMs: number | undefined;
  /** The bytes as they came, for passing on 1:1; all frames' `raw` together are the stream. A view: do not write to it. */
  raw: Buffer;
  /** False only for what `end()` found without its empty line, which the WHATWG spec drops. */
  complete: boolean;
}

/** The upstream does not speak SSE, or one event is larger than the limit. */
export class SseError extends Error {
  override readonly name = 'SseError';
  readonly code = 'event_too_large';
}

/**
 * Incremental decoder of `text/event-stream` (WHATWG HTML §9.2): CR, LF, CRLF, comments, BOM, several data lines, cuts
 * anywhere. Cost is linear in the bytes; at most `maxEventBytes` (default 4 MiB) are held.
 */
export class SseDecoder {
  readonly #maxEventBytes: number;
  #store: Buffer = Buffer.alloc(0);
  #length = 0;
  #lineStart = 0;
  #scanned = 0;
  #lines = 0;
  #firstLine = 0;
  #skipLf = false;
  #started = false;
  #lastEventId = '';

  constructor(options: { maxEventBytes?: number } = {}) {
    this.#maxEventBytes = options.maxEventBytes ?? 4 * 1024 * 1024;
  }

  /** The frames that this chunk completes, in order. Throws SseError once an event is too large. */
  push(chunk: Uint8Array): SseFrame[] {
    if (chunk.length === 0) return [];
    const bytes = this.#append(chunk);
    if (!this.#started && !this.#start(bytes)) return [];
    const frames: SseFrame[] = [];
    let frameStart = 0;
    // Native searches: JSON carries no raw CR, so most streams never leave the LF-only path.
    let nextCr = bytes.indexOf(CR, this.#scanned);
    if (this.#skipLf && this.#scanned < bytes.length) {
      this.#skipLf = false;
      if (bytes[this.#scanned] === LF) this.#lineStart = ++this.#scanned;
    }
    for (;;) {
      let lineEnd = bytes.indexOf(LF, this.#scanned);
      if (nextCr !== -1 && (lineEnd === -1 || nextCr < lineEnd)) lineEnd = nextCr;
      if (lineEnd === -1) break;
      let next = lineEnd + 1;
      if (lineEnd === nextCr) {
        if (next === bytes.length) this.#skipLf = true;
        else if (bytes[next] === LF) next++;
        nextCr = bytes.indexOf(CR, next);
      }
      if (lineEnd > this.#lineStart) {
        if (this.#lines++ === 0) this.#firstLine = this.#lineStart;
      } else if (this.#lines > 0) {
        frames.push(this.#frame(bytes.subarray(frameStart, next), this.#firstLine - frameStart, true));
        frameStart = next;
        this.#lines = 0;
      }
      this.#lineStart = next;
      this.#scanned = next;
    }
    this.#keep(bytes, frameStart);
    return frames;
  }

  /** What the stream left without an empty line, if anything: upstreams forget it after `[DONE]`. */
  end(): SseFrame | undefined {
    if (this.#length === 0) return undefined;
    const raw = this.#store.subarray(0, this.#length);
    const firstLine = this.#lines > 0 ? this.#firstLine : this.#lineStart;
    this.#length = 0;
    return this.#frame(raw, firstLine, false);
  }

  #append(chunk: Uint8Array): Buffer {
    if (this.#length === 0) return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    const length = this.#length + chunk.length;
    if (length > this.#store.length) {
      const grown = Buffer.allocUnsafe(length * 2);
      this.#store.copy(grown, 0, 0, this.#length);
      this.#store = grown;
    }
    this.#store.set(chunk, this.#length);
    this.#length = length;
    return this.#store.subarray(0, length);
  }

  // Steps over a byte order mark; false while three bytes are not yet there to tell.
  #start(bytes: Buffer): boolean {
    const bom = bytes[0] === 0xef && (bytes[1] ?? 0xbb) === 0xbb && (bytes[2] ?? 0xbf) === 0xbf;
    if (bom && bytes.length < 3) {
      this.#hold(bytes);
      return false;
    }
    if (bom) this.#lineStart = this.#scanned = 3;
    this.#started = true;
    return true;
  }

  // Frames given out point into the old memory, so an incomplete rest moves to memory of its own. Length 0: the bytes
  // are the caller's chunk, not yet ours.
  #keep(bytes: Buffer, frameStart: number): void {
    const rest = bytes.length - frameStart;
    if (rest > this.#maxEventBytes) throw new SseError(`An event is larger than ${this.#maxEventBytes} bytes.`);
    if (frameStart > 0 || this.#length === 0) this.#hold(bytes.subarray(frameStart));
    this.#lineStart -= frameStart;
    this.#firstLine -= frameStart;
    this.#scanned = rest;
  }

  #hold(rest: Buffer): void {
    this.#length = rest.length;
    if (rest.length > 0) this.#store = Buffer.from(rest);
  }

  #frame(raw: Buffer, firstLine: number, complete: boolean): SseFrame {
    if (raw.length > this.#maxEventBytes) throw new SseError(`An event is larger than ${this.#maxEventBytes} bytes.`);
    const lastEventId = this.#lastEventId;
    if (complete && isSingleDataLine(raw, firstLine)) {
      const from = firstLine + (raw[firstLine + 5] === SPACE ? 6 : 5);
      const data = raw.toString('utf8', from, raw.length - 2);
      return { data, event: 'message', lastEventId, retryMs: undefined, raw, complete };
    }
    return this.#parse(raw, firstLine, complete);
  }

  #parse(raw: Buffer, firstLine: number, complete: boolean): SseFrame {
    let data: string | undefined;
    let event = 'message';
    let retryMs: number | undefined;
    for (const line of raw.toString('utf8', firstLine).split(/\r\n|\r|\n/)) {
      const colon = line.indexOf(':');
      if (line === '' || colon === 0) continue;
      const field = colon === -1 ? line : line.slice(0, colon);
      const value = colon === -1 ? '' : line.slice(colon + (line.charCodeAt(colon + 1) === SPACE ? 2 : 1));
      if (field === 'data') data = data === undefined ? value : `${data}\n${value}`;
      else if (field === 'event') event = value || 'message';
      else if (field === 'id' && !value.includes('\0')) this.#lastEventId = value;
      else if (field === 'retry' && /^\d+$/.test(value)) retryMs = Number(value);
    }
    return { data, event, lastEventId: this.#lastEventId, retryMs, raw, complete };
  }
}

// `data:` … LF LF with no other line end in between: what OpenAI's own API and most others send.
function isSingleDataLine(raw: Buffer, at: number): boolean {
  const end = raw.length - 2;
  return (
    raw[at] === 100 &&
    raw[at + 1] === 97 &&
    raw[at + 2] === 116 &&
    raw[at + 3] === 97 &&
    raw[at + 4] === COLON &&
    raw[end] === LF &&
    raw[end + 1] === LF &&
    raw.indexOf(LF, at) === end &&
    raw.indexOf(CR, at) === -1
  );
}
