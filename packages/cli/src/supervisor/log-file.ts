import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const MAX_BYTES = 10 * 1024 * 1024;
const KEPT = 2;

/** A log that never grows past `maxBytes` times three: at the limit `x.log` becomes `x.log.1`, `x.log.1` `x.log.2`. */
export class LogFile {
  readonly path: string;
  readonly #maxBytes: number;
  #fd: number;
  #size: number;

  constructor(path: string, maxBytes = MAX_BYTES) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    this.path = path;
    this.#maxBytes = maxBytes;
    this.#fd = openSync(path, 'a', 0o600);
    this.#size = fstatSync(this.#fd).size;
  }

  /** Written at once, so that what a crashing process said last is there to be read. */
  write(chunk: Buffer | string): void {
    const bytes = Buffer.from(chunk as string);
    if (this.#size > 0 && this.#size + bytes.length > this.#maxBytes) this.#rotate();
    try {
      writeSync(this.#fd, bytes);
      this.#size += bytes.length;
    } catch {
      // A full disk must not take the supervisor down.
    }
  }

  /** A line of the supervisor's own, in the services' form. */
  note(message: string): void {
    this.write(
      `${JSON.stringify({ level: 'info', time: new Date().toISOString(), name: 'supervisor', msg: message })}\n`,
    );
  }

  close(): void {
    closeSync(this.#fd);
  }

  #rotate(): void {
    closeSync(this.#fd);
    for (let index = KEPT - 1; index >= 0; index--) {
      const from = index === 0 ? this.path : `${this.path}.${index}`;
      if (existsSync(from)) renameSync(from, `${this.path}.${index + 1}`);
    }
    this.#fd = openSync(this.path, 'a', 0o600);
    this.#size = 0;
  }
}

const TAIL_BYTES = 64 * 1024;

/** The last `lines` lines of a log, or '' where there is none. */
export function tailOf(path: string, lines: number): string {
  if (!existsSync(path)) return '';
  const fd = openSync(path, 'r');
  try {
    const { size } = fstatSync(fd);
    const buffer = Buffer.alloc(Math.min(size, Math.max(TAIL_BYTES, lines * 512)));
    readSync(fd, buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString().trimEnd().split('\n').slice(-lines).join('\n');
  } finally {
    closeSync(fd);
  }
}
