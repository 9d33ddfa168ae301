import type { ReactNode } from 'react';
import { cx } from './cx.ts';

interface CardProps {
  title?: ReactNode;
  /** Right of the title. */
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
  /** Without inner padding, for tables and charts that bring their own. */
  flush?: boolean;
}

export function Card({ title, actions, children, className, flush }: CardProps) {
  return (
    <section className={cx('min-w-0 rounded-lg border border-line bg-surface', className)}>
      {(title || actions) && (
        <header className="flex min-h-10 items-center justify-between gap-3 border-b border-line px-4 py-1.5">
          <h2 className="truncate text-sm font-semibold">{title}</h2>
          {actions && <div className="flex items-center gap-2">{actions}</div>}
        </header>
      )}
      <div className={flush ? undefined : 'p-4'}>{children}</div>
    </section>
  );
}
