import type { DatasetVersion } from '@llmops/contracts/data/v1/dataset';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

interface RowLinkProps {
  project: string;
  version: Pick<DatasetVersion, 'dataset' | 'id'>;
  row: string;
  children: ReactNode;
}

/** The way to one row of a version. */
export function RowLink({ project, version: { dataset, id }, row, children }: RowLinkProps) {
  return (
    <Link
      to="/p/$project/datasets/$dataset/versions/$version"
      params={{ project, dataset, version: id }}
      search={{ row }}
      className="shrink-0 text-accent hover:underline"
    >
      {children}
    </Link>
  );
}
