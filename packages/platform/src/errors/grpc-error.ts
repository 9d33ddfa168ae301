import { Metadata, type ServiceError, type StatusObject, status } from '@grpc/grpc-js';
import { AppError, type AppErrorOptions, type ErrorCategory, isAppError } from './app-error.ts';

const statuses: Record<ErrorCategory, status> = {
  invalid: status.INVALID_ARGUMENT,
  unauthenticated: status.UNAUTHENTICATED,
  forbidden: status.PERMISSION_DENIED,
  not_found: status.NOT_FOUND,
  conflict: status.FAILED_PRECONDITION,
  exhausted: status.RESOURCE_EXHAUSTED,
  unavailable: status.UNAVAILABLE,
  internal: status.INTERNAL,
};

const detailKey = 'llmops-error-bin';

/** An error as gRPC sends it; the AppError's parts travel in a binary trailer. Unknown errors lose their message. */
export function toServiceError(error: unknown): Partial<StatusObject> {
  const known = isAppError(error) ? error : internal();
  const { code, category, message, fields, param, retryAfterMs } = known;
  const metadata = new Metadata();
  metadata.set(detailKey, Buffer.from(JSON.stringify({ code, category, message, fields, param, retryAfterMs })));
  return { code: statuses[category], details: message, metadata };
}

/** The AppError behind a gRPC failure; failures of the transport itself become `platform.peer_unavailable` and the like. */
export function fromServiceError(error: ServiceError, peer: string): AppError {
  const [detail] = error.metadata?.get(detailKey) ?? [];
  if (Buffer.isBuffer(detail)) {
    return new AppError({ ...(JSON.parse(detail.toString('utf8')) as AppErrorOptions), cause: error });
  }
  if (error.code === status.CANCELLED) {
    return new AppError({
      code: 'platform.cancelled',
      category: 'unavailable',
      message: 'The call was cancelled.',
      cause: error,
    });
  }
  if (error.code === status.DEADLINE_EXCEEDED) {
    const message = `${peer} did not answer in time; try again, or allow more time.`;
    return new AppError({ code: 'platform.deadline_exceeded', category: 'unavailable', message, cause: error });
  }
  if (error.code === status.UNAVAILABLE) {
    const message = `${peer} cannot be reached at the moment; try again shortly.`;
    return new AppError({ code: 'platform.peer_unavailable', category: 'unavailable', message, cause: error });
  }
  return internal(error);
}

const internal = (cause?: unknown) =>
  new AppError({ code: 'platform.internal', category: 'internal', message: 'Something failed on our side.', cause });
