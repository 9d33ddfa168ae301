import { AppError } from '@llmops/platform/errors';

/** `field` is the place in the request, `filter.all.filters[1].condition.value`. */
export const filterInvalid = (field: string, message: string) =>
  new AppError({
    code: 'retrieval.filter_invalid',
    category: 'invalid',
    message: `${field}: ${message}.`,
    fields: [{ field, message }],
  });
