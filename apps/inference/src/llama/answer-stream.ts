import type { Token } from 'node-llama-cpp';
import type { Logprob, ReplicaEvent, Sampling, TokenLogprob } from '../replica/protocol.ts';
import { StopScanner } from './stop-scanner.ts';
import type { TokenBytes } from './token-bytes.ts';

/** Turns tokens into the text events of one answer: whole characters, cut at a stop text. */
export class AnswerStream {
  private readonly decoder = new TextDecoder('utf-8');
  private readonly scanner: StopScanner;
  /** Everything so far, with what is held back. */
  text = '';
  stopped = false;

  constructor(
    private readonly id: number,
    private readonly bytes: TokenBytes,
    private readonly sampling: Sampling,
    private readonly emit: (event: ReplicaEvent) => void,
  ) {
    this.scanner = new StopScanner(sampling.stop);
  }

  push(token: Token, probabilities: ReadonlyMap<Token, number> | undefined): void {
    const decoded = this.decoder.decode(this.bytes.of(token), { stream: true });
    this.text += decoded;
    const { text, stopped } = this.scanner.push(decoded);
    this.stopped = stopped;
    const logprobs = probabilities ? [this.logprob(token, probabilities)] : undefined;
    this.emit({ id: this.id, kind: 'text', text, tokens: 1, ...(logprobs ? { logprobs } : {}) });
  }

  end(): void {
    if (this.stopped) return;
    const { text, stopped } = this.scanner.push(this.decoder.decode());
    const rest = stopped ? text : text + this.scanner.flush();
    if (rest !== '') this.emit({ id: this.id, kind: 'text', text: rest, tokens: 0 });
  }

  private logprob(token: Token, probabilities: ReadonlyMap<Token, number>): TokenLogprob {
    const top: Logprob[] = [];
    for (const [other, probability] of probabilities) {
      if (top.length >= (this.sampling.topLogprobs ?? 0)) break;
      top.push(this.described(other, probability));
    }
    return { ...this.described(token, probabilities.get(token) ?? 0), top };
  }

  private described(token: Token, probability: number): Logprob {
    const bytes = this.bytes.of(token);
    return { token: new TextDecoder().decode(bytes), logprob: Math.max(Math.log(probability), -9999), bytes };
  }
}
