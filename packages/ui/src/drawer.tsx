import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

interface DrawerProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  label: string;
  children: ReactNode;
}

/** A panel that slides in from the left edge, for navigation on narrow screens. */
export function Drawer({ open, onOpenChange, label, children }: DrawerProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <div data-modal className="fixed inset-0 z-40 bg-black/40 animate-[fade-in_120ms_ease-out] dark:bg-black/60">
          <Radix.Content
            aria-describedby={undefined}
            className="h-full w-64 bg-surface shadow-pop outline-none animate-[slide-in_180ms_ease-out]"
          >
            <Radix.Title className="sr-only">{label}</Radix.Title>
            {children}
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  );
}
