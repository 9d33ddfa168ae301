import { type FieldViolation, isAppError } from './app-error.ts';
import { httpStatusOf } from './http-status.ts';

/** RFC 9457 problem details, with the platform's code, the fields at fault and the request's id. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  requestId: string;
  fields?: FieldViolation[];
}

/** The problem body of any error. What is not an AppError is told as an internal error, without its message. */
export function toProblem(error: unknown, requestId: string): Problem {
  const known = isAppError(error);
  const code = known ? error.code : 'platform.internal';
  const status = known ? httpStatusOf(error.category) : 500;
  return {
    type: `urn:llmops:error:${code}`,
    title: (code.split('.').at(-1) ?? code).replaceAll('_', ' '),
    status,
    detail: known ? error.message : `Something failed on our side. Quote request ${requestId} when you report it.`,
    code,
    requestId,
    ...(known && error.fields.length > 0 ? { fields: error.fields } : {}),
  };
}
