import { PageHeader } from '@llmops/ui';
import type { ReactNode } from 'react';

interface PageProps {
  /** Of the browser's tab, and of the page unless `heading` says otherwise. */
  title: string;
  heading?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

export function Page({ title, heading, description, actions, children }: PageProps) {
  return (
    <div className="mx-auto w-full max-w-[1440px] px-4 py-4 lg:px-6 lg:py-5">
      <title>{`${title} · llmops`}</title>
      <PageHeader title={heading ?? title} description={description} actions={actions} />
      {children}
    </div>
  );
}
