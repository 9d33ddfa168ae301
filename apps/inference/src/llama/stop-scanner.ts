/** Finds stop texts in a stream; holds back only what may be the beginning of one. */
export class StopScanner {
  private held = '';
  private readonly stops: readonly string[];

  constructor(stops: readonly string[]) {
    this.stops = stops.filter((stop) => stop !== '');
  }

  /** The text that is safe to send, and whether a stop text was met (it and what follows are dropped). */
  push(text: string): { text: string; stopped: boolean } {
    if (this.stops.length === 0) return { text, stopped: false };
    const all = this.held + text;
    const at = Math.min(...this.stops.map((stop) => all.indexOf(stop)).map((i) => (i < 0 ? Infinity : i)));
    if (at !== Infinity) {
      this.held = '';
      return { text: all.slice(0, at), stopped: true };
    }
    const keep = Math.max(...this.stops.map((stop) => overlap(all, stop)));
    this.held = all.slice(all.length - keep);
    return { text: all.slice(0, all.length - keep), stopped: false };
  }

  /** What was held back, at the end of the stream. */
  flush(): string {
    const { held } = this;
    this.held = '';
    return held;
  }
}

/** Length of the longest end of `text` that begins `stop`. */
export function overlap(text: string, stop: string): number {
  for (let length = Math.min(text.length, stop.length - 1); length > 0; length--) {
    if (text.endsWith(stop.slice(0, length))) return length;
  }
  return 0;
}
