import type { ReactNode } from 'react';

interface StatProps {
  label: string;
  value: ReactNode;
  /** A smaller line below: a share, a qualification. */
  note?: ReactNode;
}

/** One number with its name. Put several in a StatRow. */
export function Stat({ label, value, note }: StatProps) {
  return (
    <div className="flex min-w-0 flex-col gap-0.5 bg-surface px-4 py-3">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="truncate text-xl font-semibold tracking-tight tabular-nums">{value}</dd>
      {note && <dd className="text-xs text-faint tabular-nums">{note}</dd>}
    </div>
  );
}

/** Stats side by side, hairlines between them; wraps to two columns on a phone. */
export function StatRow({ children }: { children: ReactNode }) {
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line max-sm:[&>:last-child:nth-child(odd)]:col-span-2 sm:grid-cols-[repeat(auto-fit,minmax(140px,1fr))]">
      {children}
    </dl>
  );
}
