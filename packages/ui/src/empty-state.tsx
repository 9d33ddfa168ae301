import type { ComponentType, ReactNode } from 'react';

interface EmptyStateProps {
  icon?: ComponentType<{ className?: string }>;
  title: string;
  /** What to do next. */
  children?: ReactNode;
}

export function EmptyState({ icon: Icon, title, children }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-3 px-4 py-14 text-center">
      {Icon && (
        <span className="grid size-9 place-items-center rounded-lg border border-line bg-sunken text-faint">
          <Icon className="size-4" />
        </span>
      )}
      <h2 className="text-base font-semibold">{title}</h2>
      <div className="flex w-full max-w-2xl flex-col items-center gap-3 text-sm text-muted">{children}</div>
    </div>
  );
}
