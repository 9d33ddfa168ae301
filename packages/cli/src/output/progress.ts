const barWidth = 24;

export function progressBar(done: number, total: number): string {
  const filled = Math.round((total > 0 ? Math.min(1, done / total) : 0) * barWidth);
  return '█'.repeat(filled) + '░'.repeat(barWidth - filled);
}

/** Tells how far something is, on stderr so that stdout stays for results. */
export interface Progress {
  at(done: number, total: number, note?: string): void;
  end(): void;
}

/** A line drawn over itself on a terminal; in a pipe every tenth is a line. Nothing with `quiet`. */
export function showProgress(name: string, quiet = false, out: NodeJS.WriteStream = process.stderr): Progress {
  let tenth = -1;
  let drawn = false;
  return {
    at(done, total, note = '') {
      if (quiet) return;
      const share = total > 0 ? Math.min(1, done / total) : 0;
      const line = `· ${name.padEnd(16)} ${progressBar(done, total)} ${done} of ${total}${note === '' ? '' : `  ${note}`}`;
      if (out.isTTY) {
        out.write(`\r\x1b[K${line}`);
        drawn = true;
      } else if (Math.floor(share * 10) > tenth) {
        tenth = Math.floor(share * 10);
        out.write(`${line}\n`);
      }
    },
    end() {
      if (drawn) out.write('\r\x1b[K');
    },
  };
}
