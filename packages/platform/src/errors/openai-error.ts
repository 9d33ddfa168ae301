import { type ErrorCategory, isAppError } from './app-error.ts';

const types: Record<ErrorCategory, string> = {
  invalid: 'invalid_request_error',
  unauthenticated: 'authentication_error',
  forbidden: 'permission_error',
  not_found: 'not_found_error',
  conflict: 'conflict_error',
  exhausted: 'rate_limit_error',
  unavailable: 'service_unavailable_error',
  internal: 'server_error',
};

export interface OpenAiErrorBody {
  error: { message: string; type: string; param: string | null; code: string };
}

/** The body that OpenAI clients read: `error.type` is their class of errors, `error.code` ours. */
export function toOpenAiError(error: unknown, requestId: string): OpenAiErrorBody {
  if (!isAppError(error)) {
    const message = `Something failed on our side. Quote request ${requestId} when you report it.`;
    return { error: { message, type: 'server_error', param: null, code: 'platform.internal' } };
  }
  return {
    error: { message: error.message, type: types[error.category], param: error.param ?? null, code: error.code },
  };
}
