import { once } from 'node:events';

const flushAt = 256 << 10;

/** Lines to standard output in large writes, no faster than they are read. */
export class LineWriter {
  #buffer = '';

  async write(line: string): Promise<void> {
    this.#buffer += `${line}\n`;
    if (this.#buffer.length >= flushAt) await this.flush();
  }

  async flush(): Promise<void> {
    const text = this.#buffer;
    this.#buffer = '';
    if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain');
  }
}
