const windowMs = 60_000;
const maxFailures = 10;
const maxTracked = 10_000;

/** Counts sign-ins that failed, or are being checked, by e-mail address over the last minute; the eleventh is refused unread. */
export class SignInLimiter {
  readonly #failures = new Map<string, number[]>();

  /** Milliseconds to wait before the next try; 0 when it is allowed now. */
  waitMs(email: string, now = Date.now()): number {
    const recent = this.#recent(email, now);
    return recent.length < maxFailures ? 0 : windowMs - (now - recent[0]!);
  }

  /** Before the password is checked: of many tries at once only the first ten are. */
  begin(email: string, now = Date.now()): void {
    if (this.#failures.size >= maxTracked) this.#failures.clear();
    this.#failures.set(email, [...this.#recent(email, now), now]);
  }

  succeeded(email: string): void {
    this.#failures.delete(email);
  }

  #recent(email: string, now: number): number[] {
    return (this.#failures.get(email) ?? []).filter((time) => now - time < windowMs);
  }
}
