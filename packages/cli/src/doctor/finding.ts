export interface Finding {
  check: string;
  ok: boolean;
  message: string;
  /** What to do about it; '' when all is well. */
  fix: string;
}

export const good = (check: string, message: string): Finding => ({ check, ok: true, message, fix: '' });
export const bad = (check: string, message: string, fix: string): Finding => ({ check, ok: false, message, fix });
