import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from './button.tsx';
import { copyText } from './copy-text.ts';
import { cx } from './cx.ts';

function useCopy(text: string) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await copyText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return { copied, copy };
}

/** Copies `text`; `label` names what is copied, for those who cannot see the icon. */
export function CopyButton({ text, label, children }: { text: string; label: string; children?: string }) {
  const { copied, copy } = useCopy(text);
  const Icon = copied ? Check : Copy;
  return (
    <Button
      size="sm"
      variant={children ? 'secondary' : 'ghost'}
      icon={!children}
      onClick={copy}
      aria-label={copied ? 'Copied' : `Copy ${label}`}
    >
      <Icon className={cx('size-3.5', copied && 'text-success')} aria-hidden />
      {children && (copied ? 'Copied' : children)}
    </Button>
  );
}

/** An id in full for copying, in short for reading. */
export function CopyableId({ id, label, chars = 12 }: { id: string; label: string; chars?: number }) {
  const { copied, copy } = useCopy(id);
  const Icon = copied ? Check : Copy;
  return (
    <button
      type="button"
      onClick={copy}
      title={id}
      aria-label={copied ? 'Copied' : `Copy ${label} ${id}`}
      className="group inline-flex max-w-full items-center gap-1 rounded px-1 font-mono text-xs text-muted hover:bg-hover hover:text-ink"
    >
      <span className="truncate">{id.length > chars + 1 ? `${id.slice(0, chars)}…` : id}</span>
      <Icon className={cx('size-3 shrink-0', copied ? 'text-success' : 'text-faint')} aria-hidden />
    </button>
  );
}
