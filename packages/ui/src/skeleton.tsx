import { cx } from './cx.ts';

export function Skeleton({ className }: { className?: string }) {
  return <span className={cx('block animate-pulse rounded bg-hover', className)} aria-hidden />;
}

/** Stands where rows will come. */
export function SkeletonRows({ rows = 8 }: { rows?: number }) {
  return (
    <div className="flex flex-col divide-y divide-line" role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="flex items-center gap-6 px-4 py-3">
          <Skeleton className="h-3 w-24" />
          <Skeleton className="h-3 flex-1" />
          <Skeleton className="hidden h-3 w-16 sm:block" />
        </div>
      ))}
    </div>
  );
}
