import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { buttonClass } from './button.tsx';
import { cx } from './cx.ts';

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children: ReactNode;
  /** Wide enough for code. */
  wide?: boolean;
}

// Radix.Overlay locks scrolling with a style element written at run time, which a strict CSP refuses: the backdrop is
// a plain element and the lock lives in styles.css.
export function Dialog({ open, onOpenChange, title, description, children, wide }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <div
          data-modal
          className="fixed inset-0 z-40 flex items-end justify-center bg-black/40 animate-[fade-in_120ms_ease-out] sm:items-center sm:p-4 dark:bg-black/60"
        >
          <Radix.Content
            {...(description ? {} : { 'aria-describedby': undefined })}
            className={cx(
              'flex max-h-[90dvh] w-full flex-col rounded-t-xl bg-surface shadow-pop outline-none animate-[rise-in_160ms_ease-out] sm:rounded-lg',
              wide ? 'sm:max-w-2xl' : 'sm:max-w-md',
            )}
          >
            <header className="flex items-start justify-between gap-4 px-5 pt-4">
              <div>
                <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
                {description && <Radix.Description className="mt-1 text-muted">{description}</Radix.Description>}
              </div>
              <Radix.Close
                className={cx(buttonClass({ variant: 'ghost', size: 'sm', icon: true }), '-mr-2')}
                aria-label="Close"
              >
                <X className="size-4" />
              </Radix.Close>
            </header>
            <div className="scroll-thin overflow-y-auto px-5 pt-4 pb-5">{children}</div>
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The buttons at a dialog's end. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="mt-5 flex flex-wrap justify-end gap-2">{children}</div>;
}
