import { Button, cx, ProgressBar } from '@llmops/ui';
import { FileUp } from 'lucide-react';
import { useRef, useState } from 'react';
import { formatBytes } from '../../format/quantity.ts';
import type { UploadProgress } from './use-upload.ts';

interface FileChoiceProps {
  progress: UploadProgress;
  onFile: (file: File) => void;
  hint: string;
}

/** Takes a file by button or by dropping it, and shows it on its way. */
export function FileChoice({ progress: { file, sentBytes, upload, error }, onFile, hint }: FileChoiceProps) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same by keyboard
    <div
      className={cx(
        'flex flex-col gap-2 rounded-md border border-dashed px-3 py-3',
        over ? 'border-accent bg-accent-soft' : 'border-line-strong',
      )}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const [dropped] = event.dataTransfer.files;
        if (dropped) onFile(dropped);
      }}
    >
      <input
        ref={input}
        type="file"
        hidden
        aria-label="File"
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          if (chosen) onFile(chosen);
          // The same file again is a change too.
          event.target.value = '';
        }}
      />
      <div className="flex items-center gap-3">
        <Button onClick={() => input.current?.click()}>
          <FileUp className="size-3.5" aria-hidden />
          {file ? 'Another file' : 'Choose file'}
        </Button>
        <span className="min-w-0 truncate text-muted">{file ? `${file.name} · ${formatBytes(file.size)}` : hint}</span>
      </div>
      {file && !upload && !error && (
        <ProgressBar value={sentBytes > 0 ? sentBytes / file.size : undefined} label={`Uploading ${file.name}`} />
      )}
      {error && (
        <p role="alert" className="text-danger">
          {error.message}
        </p>
      )}
    </div>
  );
}
