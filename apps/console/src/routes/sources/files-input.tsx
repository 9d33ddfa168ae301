import { Button } from '@llmops/ui';
import { Files } from 'lucide-react';
import { useRef } from 'react';
import { formatBytes } from '../../format/quantity.ts';

/** Several files, or archives of them. */
export function FilesInput({ files, onFiles }: { files: File[]; onFiles: (files: File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  return (
    <div className="flex flex-col gap-2 rounded-md border border-dashed border-line-strong px-3 py-3">
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files"
        onChange={(event) => onFiles([...(event.target.files ?? [])])}
      />
      <div className="flex items-center gap-3">
        <Button onClick={() => input.current?.click()}>
          <Files className="size-3.5" aria-hidden />
          Choose files
        </Button>
        <span className="min-w-0 truncate text-muted">
          {files.length === 0
            ? 'Files, or archives: zip, tar, tar.gz'
            : `${files.length === 1 ? files[0]?.name : `${files.length} files`} · ${formatBytes(bytes)}`}
        </span>
      </div>
    </div>
  );
}
