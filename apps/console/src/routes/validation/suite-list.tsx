import { timestampDate } from '@bufbuild/protobuf/wkt';
import type { ValidationSuite } from '@llmops/contracts/data/v1/validation';
import { type Column, EmptyState, SkeletonRows, Table, Timestamp } from '@llmops/ui';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ListChecks } from 'lucide-react';
import { useProject } from '../../api/current-user.ts';
import { QueryError } from '../../api/query-error.tsx';
import { suitesQuery } from '../datasets/validation-queries.ts';
import { checkKinds } from './check-kinds.ts';

export function SuiteList() {
  const project = useProject();
  const navigate = useNavigate();
  const { data: suites, error, refetch } = useQuery(suitesQuery(project.id));
  if (error) {
    return (
      <div className="p-4">
        <QueryError error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (!suites) return <SkeletonRows rows={4} />;
  if (suites.length === 0) {
    return (
      <EmptyState icon={ListChecks} title="No suites yet">
        <p>
          Until you write one, the built-in suite checks schema, nulls, duplicates, encoding, personal data and secrets.
        </p>
      </EmptyState>
    );
  }
  return (
    <Table
      label="Validation suites"
      columns={columnsOf(project.id)}
      rows={suites}
      rowKey={({ id }) => id}
      onOpen={({ id }) =>
        void navigate({ to: '/p/$project/validation/$suite', params: { project: project.id, suite: id } })
      }
    />
  );
}

function columnsOf(project: string): Column<ValidationSuite>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      card: 'title',
      className: 'whitespace-nowrap',
      cell: ({ id, displayName }) => (
        <Link
          to="/p/$project/validation/$suite"
          params={{ project, suite: id }}
          className="font-medium hover:underline"
          tabIndex={-1}
        >
          {displayName}
        </Link>
      ),
    },
    {
      id: 'checks',
      header: 'Checks',
      card: 'wide',
      className: 'w-full max-w-0',
      cell: ({ checks }) => <span className="block truncate text-muted">{namesOf(checks)}</span>,
    },
    {
      id: 'datasets',
      header: 'Runs by itself on',
      align: 'end',
      card: 'wide',
      cell: ({ datasets }) => datasetsText(datasets.length),
    },
    {
      id: 'time',
      header: 'Changed',
      className: 'whitespace-nowrap',
      cell: ({ updateTime }) => updateTime && <Timestamp date={timestampDate(updateTime)} ago />,
    },
  ];
}

const namesOf = (checks: ValidationSuite['checks']): string =>
  checks.map(({ kind }) => (kind.case ? checkKinds[kind.case].label : 'Check')).join(', ');

const datasetsText = (count: number): string => {
  if (count === 0) return 'Nothing';
  return count === 1 ? '1 dataset' : `${count} datasets`;
};
