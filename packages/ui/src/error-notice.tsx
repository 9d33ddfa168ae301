import { CircleAlert } from 'lucide-react';
import { Button } from './button.tsx';

interface ErrorNoticeProps {
  title: string;
  detail?: string | undefined;
  /** Quoted small, for a bug report. */
  requestId?: string | undefined;
  onRetry?: (() => void) | undefined;
}

export function ErrorNotice({ title, detail, requestId, onRetry }: ErrorNoticeProps) {
  return (
    <div role="alert" className="flex items-start gap-3 rounded-lg border border-danger/30 bg-danger-soft px-4 py-3">
      <CircleAlert className="mt-0.5 size-4 shrink-0 text-danger" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-danger">{title}</p>
        {detail && detail !== title && <p className="break-words text-ink">{detail}</p>}
        {requestId && <p className="mt-1 font-mono text-2xs text-muted">request {requestId}</p>}
      </div>
      {onRetry && (
        <Button size="sm" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
