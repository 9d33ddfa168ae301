import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';

interface BackHeadingProps {
  to: 'annotation' | 'datasets' | 'knowledge' | 'models' | 'sessions' | 'sources' | 'traces';
  project: string;
  children: ReactNode;
}

/** The heading of one thing's page, with the way back to the list of its kind. */
export function BackHeading({ to, project, children }: BackHeadingProps) {
  return (
    <span className="flex items-center gap-2">
      <Link
        to={`/p/$project/${to}`}
        params={{ project }}
        aria-label={`Back to ${to}`}
        className="grid size-7 shrink-0 place-items-center rounded-md text-muted hover:bg-hover hover:text-ink"
      >
        <ArrowLeft className="size-4" />
      </Link>
      {children}
    </span>
  );
}
