import { ApiError } from '@llmops/sdk';
import { ErrorNotice } from '@llmops/ui';

/** An error of a query in the API's own words. */
export function QueryError({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const api = error instanceof ApiError ? error : undefined;
  return (
    <ErrorNotice
      title={api?.title ?? 'Something went wrong'}
      detail={error.message}
      requestId={api?.requestId}
      onRetry={onRetry}
    />
  );
}
