export { AppError, type ErrorCategory, type FieldViolation, isAppError } from './app-error.ts';
export { fromUnknown } from './from-unknown.ts';
export { fromServiceError, toServiceError } from './grpc-error.ts';
export { httpStatusOf } from './http-status.ts';
export { toOpenAiError } from './openai-error.ts';
export { type Problem, toProblem } from './problem.ts';
