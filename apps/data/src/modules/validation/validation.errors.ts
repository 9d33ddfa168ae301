import { AppError } from '@llmops/platform/errors';

const notFound = (code: string, field: string, id: string) =>
  new AppError({
    code,
    category: 'not_found',
    message: `${field}: ${JSON.stringify(id)} does not exist in this project.`,
  });

export const suiteNotFound = (id: string) => notFound('data.suite_not_found', 'suite', id);
export const reportNotFound = (id: string) => notFound('data.report_not_found', 'report', id);

export const checkInvalid = (field: string, problem: string) =>
  new AppError({
    code: 'data.check_invalid',
    category: 'invalid',
    message: `${field}: ${problem}`,
    fields: [{ field, message: problem }],
  });

export const columnsMissing = (columns: readonly string[], version: string) =>
  new AppError({
    code: 'data.column_not_found',
    category: 'invalid',
    message: `columns: ${columns.map((column) => JSON.stringify(column)).join(', ')} not in version ${version}.`,
    fields: [{ field: 'columns', message: 'is no column' }],
  });

/** No model given and none that serves. */
export const embedderMissing = (cause: unknown) =>
  new AppError({
    code: 'data.embedder_missing',
    category: 'unavailable',
    message: 'model: texts could not be embedded; name a model that is served, or compare without embeddings.',
    cause,
  });
