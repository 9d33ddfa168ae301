/** One field of the request that was refused, by its camelCase path. */
export interface FieldViolation {
  field: string;
  message: string;
}

export interface ApiErrorInit {
  /** HTTP status; 0 when no answer came at all. */
  status: number;
  /** The platform's code, `governance.key_not_found`; `sdk.unreachable` when no answer came. */
  code: string;
  title: string;
  detail?: string | undefined;
  fields?: FieldViolation[] | undefined;
  /** What to quote when asking for help. */
  requestId?: string | undefined;
  cause?: unknown;
}

/** An answer that is not a success, read from its RFC 9457 problem document. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string | undefined;
  readonly fields: FieldViolation[] | undefined;
  readonly requestId: string | undefined;

  constructor(init: ApiErrorInit) {
    super(init.detail || init.title, { cause: init.cause });
    this.status = init.status;
    this.code = init.code;
    this.title = init.title;
    this.detail = init.detail;
    this.fields = init.fields;
    this.requestId = init.requestId;
  }
}

/** Reads an error answer, also one that no llmops process wrote (a proxy's HTML page). Consumes the body. */
export async function apiErrorOf(response: Response): Promise<ApiError> {
  const text = await response.text().catch(() => '');
  return problemOf(text, response.status, response.statusText, response.headers.get('x-request-id') ?? undefined);
}

/** Reads a problem document's text; `status` and `title` serve where it names none. */
export function problemOf(text: string, status: number, title: string, requestId?: string): ApiError {
  const problem = parseObject(text);
  return new ApiError({
    status: typeof problem['status'] === 'number' ? problem['status'] : status,
    code: stringOf(problem['code']) ?? `http.${status}`,
    title: stringOf(problem['title']) ?? (title || `HTTP ${status}`),
    detail: stringOf(problem['detail']),
    fields: fieldsOf(problem['fields']),
    requestId: stringOf(problem['requestId']) ?? requestId,
  });
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function fieldsOf(value: unknown): FieldViolation[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.map((entry) => ({ field: String(entry?.field ?? ''), message: String(entry?.message ?? '') }));
}
