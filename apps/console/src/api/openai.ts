import { ApiError } from '@llmops/sdk';

/** Headers of a call to /v1 with the session's cookie: the project it acts in, and the guard against foreign forms. */
export function openAiHeaders(project: string): Record<string, string> {
  return { 'content-type': 'application/json', 'x-llmops-project': project, 'x-llmops-csrf': '1' };
}

/** GETs a path of the OpenAI API. Throws ApiError. */
export async function openAiGet<T>(path: string, project: string, signal: AbortSignal): Promise<T> {
  const response = await fetch(path, { headers: openAiHeaders(project), signal });
  if (!response.ok) throw await openAiError(response);
  return (await response.json()) as T;
}

interface ErrorBody {
  error?: { message?: string; code?: string | null; type?: string };
}

/** Reads an error in OpenAI's form, `{"error": {"message", "type", "code"}}`. */
export async function openAiError(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => ({}))) as ErrorBody;
  return errorOf(body, response.status, response.headers.get('x-request-id') ?? undefined);
}

/** The same from a parsed body, as a stream may carry it. */
export function errorOf(body: ErrorBody, status: number, requestId?: string): ApiError {
  const { message, code, type } = body.error ?? {};
  return new ApiError({
    status,
    code: code ?? type ?? `http.${status}`,
    title: message ?? `The call failed with status ${status}`,
    requestId,
  });
}
