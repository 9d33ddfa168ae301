import { AppError } from '@llmops/platform/errors';

export const storeDamaged = (sha256: string, cause?: unknown) =>
  new AppError({
    code: 'data.store_damaged',
    category: 'internal',
    message: `The stored object ${sha256} is damaged; restore the object store.`,
    cause,
  });

export const splitInvalid = (message: string) =>
  new AppError({
    code: 'data.split_invalid',
    category: 'invalid',
    message: `splits: ${message}`,
    fields: [{ field: 'splits', message }],
  });

export const columnNotFound = (field: string, column: string) =>
  new AppError({
    code: 'data.column_not_found',
    category: 'invalid',
    message: `${field}: no row has a column ${JSON.stringify(column)}.`,
    fields: [{ field, message: 'is no column' }],
  });
