import { AppError } from '@llmops/platform/errors';

export const sourceNotFound = (id: string) =>
  new AppError({
    code: 'data.source_not_found',
    category: 'not_found',
    message: `source: ${JSON.stringify(id)} does not exist in this project.`,
  });

export const syncNotFound = (id: string) =>
  new AppError({
    code: 'data.sync_not_found',
    category: 'not_found',
    message: `sync: ${JSON.stringify(id)} is no sync of this source.`,
  });

export const itemNotFound = (id: string) =>
  new AppError({
    code: 'data.source_item_not_found',
    category: 'not_found',
    message: `item: ${JSON.stringify(id)} is not in this source, or was never read.`,
  });

export const sourceInvalid = (field: string, message: string) =>
  new AppError({
    code: 'data.source_invalid',
    category: 'invalid',
    message: `${field}: ${message}.`,
    fields: [{ field, message }],
  });

export const syncRunning = () =>
  new AppError({
    code: 'data.sync_running',
    category: 'conflict',
    message: 'source: a sync is already running; wait for it or cancel it.',
  });

export const secretNeedsAdmin = () =>
  new AppError({
    code: 'data.secret_needs_admin',
    category: 'forbidden',
    message: 'config.secret: only an administrator of the project may say where a secret is used.',
    fields: [{ field: 'config.secret', message: 'needs the role admin' }],
  });
