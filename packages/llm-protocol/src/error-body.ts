import type { OpenAiErrorBody, OpenAiErrorType } from './error.ts';

const TYPES: Record<number, OpenAiErrorType> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'insufficient_quota',
  403: 'permission_error',
  404: 'not_found_error',
  408: 'timeout_error',
  409: 'conflict_error',
  422: 'unprocessable_entity_error',
  429: 'rate_limit_error',
  503: 'service_unavailable_error',
  504: 'timeout_error',
};

/** OpenAI's error type for an HTTP status; other 4xx are the request's fault, the rest the server's. */
export function openAiErrorType(status: number): OpenAiErrorType {
  return TYPES[status] ?? (status >= 400 && status < 500 ? 'invalid_request_error' : 'server_error');
}

/** An error body in OpenAI's form, all four keys always there (clients read `param` and `code` unguarded). */
export function openAiErrorBody(error: {
  message: string;
  type: OpenAiErrorBody['error']['type'];
  param?: string | null;
  code?: string | null;
}): OpenAiErrorBody {
  return {
    error: { message: error.message, type: error.type, param: error.param ?? null, code: error.code ?? null },
  };
}

/**
 * Reads what an upstream sent with a non-2xx status: OpenAI's `{error: {…}}`, `{error: "…"}` (Ollama), `{message}` and
 * `{detail}` (vLLM, FastAPI), `[{error: {…}}]` (Gemini), else the text itself, cut at 500 characters. Never throws.
 */
export function parseErrorBody(status: number, text: string): OpenAiErrorBody {
  const type = openAiErrorType(status);
  const fallback = text.trim().slice(0, 500) || `The upstream answered with status ${status} and no body.`;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return openAiErrorBody({ message: fallback, type });
  }
  const body = record(Array.isArray(json) ? json[0] : json);
  const error = record(body['error']);
  return openAiErrorBody({
    message: str(error['message']) ?? str(body['error']) ?? str(body['message']) ?? detail(body['detail']) ?? fallback,
    type: str(error['type']) ?? type,
    param: str(error['param']) ?? null,
    code: str(error['code']) ?? str(error['status']) ?? null,
  });
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function str(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

// FastAPI: a string, or a list of `{loc, msg}`.
function detail(value: unknown): string | undefined {
  return str(value) ?? (Array.isArray(value) ? str(record(value[0])['msg']) : undefined);
}
