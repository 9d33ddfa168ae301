import { AppError } from '@llmops/platform/errors';

export const signInFailed = () =>
  new AppError({
    code: 'governance.sign_in_failed',
    category: 'unauthenticated',
    message: 'The e-mail address or the password is wrong.',
  });

export const tooManySignIns = (retryAfterMs: number) =>
  new AppError({
    code: 'governance.too_many_sign_ins',
    category: 'exhausted',
    message: `Too many failed sign-ins for this address. Try again in ${Math.ceil(retryAfterMs / 1000)} s.`,
    retryAfterMs,
  });
