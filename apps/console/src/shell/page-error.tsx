import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { QueryError } from '../api/query-error.tsx';

/** What a page shows when it cannot be loaded at all. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <div className="mx-auto w-full max-w-3xl p-6">
      <QueryError error={error instanceof Error ? error : new Error(String(error))} onRetry={retry} />
    </div>
  );
}
