import { UpstreamError } from './upstream-error.ts';

/** What the body needs of undici's controller. */
export interface BodyControl {
  pause(): void;
  resume(): void;
  abort(reason: Error): void;
}

// Above this the socket is paused: a slow reader costs the upstream's time, not our memory.
const HIGH_WATER_BYTES = 64 * 1024;

/**
 * The answer's bytes, read once: by `for await` (chunks as they came), or by `bytes()`. Leaving the loop early cancels
 * the upstream's request. Errors are `UpstreamError`.
 */
export class UpstreamBody implements AsyncIterable<Buffer> {
  readonly #control: BodyControl;
  #chunks: Buffer[] = [];
  #queuedBytes = 0;
  #paused = false;
  #ended = false;
  #error: UpstreamError | undefined;
  #waiting: { resolve(result: IteratorResult<Buffer, undefined>): void; reject(error: Error): void } | undefined;

  constructor(control: BodyControl) {
    this.#control = control;
  }

  /** For the connection: a chunk came. */
  accept(chunk: Buffer): void {
    const waiting = this.#waiting;
    if (waiting !== undefined) {
      this.#waiting = undefined;
      waiting.resolve({ value: chunk, done: false });
      return;
    }
    this.#chunks.push(chunk);
    this.#queuedBytes += chunk.length;
    if (!this.#paused && this.#queuedBytes > HIGH_WATER_BYTES) {
      this.#paused = true;
      this.#control.pause();
    }
  }

  /** For the connection: the answer is over, well or with an error. */
  finish(error?: UpstreamError): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#error = error;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) return;
    if (error === undefined) waiting.resolve({ value: undefined, done: true });
    else waiting.reject(error);
  }

  /** The next chunk; chunks that came before an error are still given, the error after them. */
  next(): Promise<IteratorResult<Buffer, undefined>> {
    const chunk = this.#chunks.shift();
    if (chunk !== undefined) {
      this.#queuedBytes -= chunk.length;
      if (this.#paused && this.#queuedBytes <= HIGH_WATER_BYTES / 2) {
        this.#paused = false;
        this.#control.resume();
      }
      return Promise.resolve({ value: chunk, done: false });
    }
    if (this.#error !== undefined) return Promise.reject(this.#error);
    if (this.#ended) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  [Symbol.asyncIterator](): AsyncIterator<Buffer, undefined> {
    return {
      next: () => this.next(),
      return: () => {
        this.cancel();
        return Promise.resolve({ value: undefined, done: true });
      },
    };
  }

  /** The whole rest. More than `maxBytes` (default 64 MiB) cancels the request and fails. */
  async bytes(maxBytes: number = 64 * 1024 * 1024): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of this) {
      length += chunk.length;
      if (length > maxBytes) {
        throw new UpstreamError('protocol', `The upstream's answer is larger than ${maxBytes} bytes.`);
      }
      chunks.push(chunk);
    }
    return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, length);
  }

  /** The whole rest as JSON; what is not JSON is a `protocol` error. */
  async json(maxBytes?: number): Promise<unknown> {
    const text = (await this.bytes(maxBytes)).toString('utf8');
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new UpstreamError('protocol', 'The upstream did not answer with JSON.', { cause });
    }
  }

  /** Stops the upstream's request at once (its socket is destroyed); nothing when the answer is complete. */
  cancel(): void {
    if (this.#ended) return;
    this.#chunks = [];
    this.#queuedBytes = 0;
    this.#control.abort(new UpstreamError('aborted', 'The request was cancelled.'));
  }
}
