import { ApiError } from '@llmops/sdk';

/** What the API says about one field of a form, from the error of its mutation. */
export function fieldError(error: Error | null, field: string): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  return error.fields?.find((entry) => entry.field === field)?.message;
}

/** The error's message when it is about no field that the form shows. */
export function formError(error: Error | null, fields: string[]): string | undefined {
  if (error === null) return undefined;
  const named = error instanceof ApiError && error.fields?.some((entry) => fields.includes(entry.field));
  return named ? undefined : error.message;
}
