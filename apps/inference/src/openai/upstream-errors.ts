import { UpstreamError } from '@llmops/llm-protocol';
import { AppError } from '../errors.ts';

/** What an upstream's failure is to our caller. */
export function fromUpstream(error: unknown, model: string): unknown {
  if (!(error instanceof UpstreamError)) return error;
  const make = (code: string, category: AppError['category'], message: string, retryAfterMs?: number) =>
    new AppError({ code: `inference.${code}`, category, message, retryAfterMs, cause: error });
  const engine = `The engine behind "${model}"`;
  switch (error.kind) {
    case 'aborted':
      return error.cause instanceof Error ? error.cause : error;
    case 'connect':
      return make('upstream_unreachable', 'unavailable', `${engine} cannot be reached.`, 1000);
    case 'timeout':
      return make('upstream_timeout', 'unavailable', `${engine} did not answer in time.`, 1000);
    case 'protocol':
      return make('upstream_failed', 'unavailable', `${engine} broke off its answer.`, 1000);
  }
  const { status = 500, retryAfterMs } = error;
  const said = error.body?.error.message ?? `status ${status}`;
  if (status === 429) return make('upstream_busy', 'exhausted', `${engine} is busy: ${said}`, retryAfterMs ?? 1000);
  if (status === 401 || status === 403)
    return make('upstream_unauthorized', 'internal', `${engine} refused our credential.`);
  if (status >= 400 && status < 500)
    return make('upstream_rejected', 'invalid', `${engine} refused the request: ${said}`);
  return make('upstream_failed', 'unavailable', `${engine} failed: ${said}`, retryAfterMs ?? 1000);
}
