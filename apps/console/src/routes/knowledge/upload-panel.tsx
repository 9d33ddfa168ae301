import { Button, ProgressBar, Status } from '@llmops/ui';
import { X } from 'lucide-react';
import { formatBytes } from '../../format/quantity.ts';
import type { FileUpload } from './use-uploads.ts';

/** What is on its way, in a corner, so that nothing moves when it comes and goes. */
export function UploadPanel({ uploads, onClear }: { uploads: FileUpload[]; onClear: () => void }) {
  if (uploads.length === 0) return null;
  const open = uploads.filter(({ state }) => state === 'waiting' || state === 'sending').length;
  const failed = uploads.filter(({ state }) => state === 'failed').length;
  const title =
    open > 0 ? `Uploading ${open} of ${uploads.length}` : failed > 0 ? `${failed} not uploaded` : 'Uploaded';
  return (
    <section
      aria-label="Uploads"
      className="fixed inset-x-3 bottom-3 z-30 rounded-lg bg-surface shadow-pop animate-[rise-in_160ms_ease-out] sm:left-auto sm:w-96"
    >
      <header className="flex h-10 items-center justify-between gap-2 border-b border-line pr-1.5 pl-4">
        <h2 className="text-sm font-semibold tabular-nums" role="status">
          {title}
        </h2>
        <Button variant="ghost" size="sm" icon aria-label="Close" disabled={open > 0} onClick={onClear}>
          <X className="size-3.5" aria-hidden />
        </Button>
      </header>
      <ul className="scroll-thin max-h-56 divide-y divide-line overflow-y-auto">
        {uploads.map((upload) => (
          <li key={upload.id} className="flex flex-col gap-1 px-4 py-2">
            <span className="flex items-baseline justify-between gap-3">
              <span className="truncate" title={upload.name}>
                {upload.name}
              </span>
              <UploadState upload={upload} />
            </span>
            {upload.state === 'sending' && (
              <ProgressBar
                value={upload.sentBytes > 0 ? upload.sentBytes / upload.sizeBytes : undefined}
                label={`Uploading ${upload.name}`}
              />
            )}
            {upload.error && <span className="text-xs break-words text-danger">{upload.error}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function UploadState({ upload: { state, sentBytes, sizeBytes } }: { upload: FileUpload }) {
  if (state === 'done') return <Status tone="success">Uploaded</Status>;
  if (state === 'failed') return <Status tone="danger">Failed</Status>;
  return (
    <span className="shrink-0 text-xs text-muted tabular-nums">
      {sentBytes > 0 && `${formatBytes(sentBytes)} of `}
      {formatBytes(sizeBytes)}
    </span>
  );
}
