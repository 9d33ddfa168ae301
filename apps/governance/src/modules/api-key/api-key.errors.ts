import { AppError } from '@llmops/platform/errors';

export const apiKeyNotFound = (id: string) =>
  new AppError({
    code: 'governance.api_key_not_found',
    category: 'not_found',
    message: `api_key: ${JSON.stringify(id)} does not exist in this project.`,
  });

export const roleTooHigh = () =>
  new AppError({
    code: 'governance.role_too_high',
    category: 'forbidden',
    message: 'role: a key cannot hold a higher role than the one who makes it.',
    fields: [{ field: 'role', message: 'must not exceed your own role' }],
  });

export const expiryPast = () =>
  new AppError({
    code: 'governance.expiry_past',
    category: 'invalid',
    message: 'expire_time: must lie in the future.',
    fields: [{ field: 'expire_time', message: 'must lie in the future' }],
  });
