import type { DatasetVersion } from '@llmops/contracts/data/v1/dataset';
import { Job_State } from '@llmops/contracts/jobs/v1/job';
import { EmptyState, Skeleton } from '@llmops/ui';
import { useQuery } from '@tanstack/react-query';
import { ChartNoAxesColumn } from 'lucide-react';
import { useProject } from '../../api/current-user.ts';
import { QueryError } from '../../api/query-error.tsx';
import { ColumnCard } from './column-card.tsx';
import { isActive } from './data-names.ts';
import { profileQuery } from './dataset-queries.ts';

/** Every column in figures; made on the first look. */
export function ProfileTab({ version }: { version: DatasetVersion }) {
  const project = useProject();
  const { data: profile, error, refetch } = useQuery(profileQuery(project.id, version.dataset, version.id));
  if (error) {
    return (
      <div className="p-4">
        <QueryError error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (!profile || isActive(profile.state)) {
    return (
      <div className="flex flex-col gap-3 p-4" role="status">
        <p className="text-muted">{profile ? 'The columns are being measured…' : 'Loading…'}</p>
        <Skeleton className="h-40" />
        <Skeleton className="h-40" />
      </div>
    );
  }
  if (profile.state !== Job_State.SUCCEEDED || profile.columns.length === 0) {
    return (
      <EmptyState icon={ChartNoAxesColumn} title="No profile">
        <p>{profile.columns.length === 0 ? 'There are no columns.' : 'The columns could not be measured.'}</p>
      </EmptyState>
    );
  }
  return (
    <ul className="divide-y divide-line">
      {profile.columns.map((column) => (
        <ColumnCard key={column.name} column={column} rows={profile.rowCount} />
      ))}
    </ul>
  );
}
