import type { ColumnDrift, DriftMeasure } from '@llmops/contracts/data/v1/validation';
import { Status, Table } from '@llmops/ui';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useProject } from '../../api/current-user.ts';
import { llmops } from '../../api/llmops.ts';
import { QueryError } from '../../api/query-error.tsx';
import { isActive } from './data-names.ts';
import { liveMs } from './dataset-queries.ts';
import { formatFigure } from './figures.ts';
import { Comparing } from './leak-view.tsx';

const driftQuery = (project: string, report: string) =>
  queryOptions({
    queryKey: ['driftReport', project, report],
    queryFn: ({ signal }) => llmops.validation.getDriftReport({ project, report }, { signal }),
    refetchInterval: (query) => (query.state.data && !isActive(query.state.data.state) ? false : liveMs),
  });

export function DriftView({ report: id }: { report: string }) {
  const project = useProject();
  const { data: report, error } = useQuery(driftQuery(project.id, id));
  if (error || report?.error) {
    return (
      <div className="p-4">
        <QueryError error={error ?? new Error(report?.error?.message)} />
      </div>
    );
  }
  if (!report || isActive(report.state)) return <Comparing />;
  return (
    <section aria-label="Drift">
      <p className="border-b border-line px-4 py-3 text-base font-medium">
        <Status tone={report.drifted ? 'warning' : 'success'}>
          {report.drifted ? 'Some columns have moved' : 'No column has moved'}
        </Status>
      </p>
      <Table
        label="Columns"
        rows={report.columns.toSorted((a, b) => Number(b.drifted) - Number(a.drifted))}
        rowKey={({ column }) => column}
        columns={[
          {
            id: 'column',
            header: 'Column',
            card: 'title',
            className: 'max-w-48',
            cell: ({ column }) => <span className="block truncate font-medium">{column}</span>,
          },
          {
            id: 'state',
            header: 'State',
            className: 'whitespace-nowrap',
            cell: ({ drifted }) => (
              <Status tone={drifted ? 'warning' : 'success'}>{drifted ? 'Moved' : 'As it was'}</Status>
            ),
          },
          { id: 'measures', header: 'Measures', card: 'wide', cell: (column) => <Measures column={column} /> },
          { id: 'message', header: 'In words', card: 'wide', className: 'w-full', cell: ({ message }) => message },
        ]}
      />
    </section>
  );
}

const names: Record<string, string> = { psi: 'PSI', ks: 'KS', chi_squared: 'χ²', mmd: 'MMD' };

const Measures = ({ column: { measures } }: { column: ColumnDrift }) => (
  <ul className="flex flex-col whitespace-nowrap tabular-nums @max-2xl:text-right">
    {measures.map((measure) => (
      <li key={measure.name}>{measureText(measure)}</li>
    ))}
  </ul>
);

function measureText({ name, value, pValue, low, high }: DriftMeasure): string {
  const interval = low !== undefined && high !== undefined ? ` [${formatFigure(low)}, ${formatFigure(high)}]` : '';
  const p = pValue === undefined ? '' : `, p ${pValue < 0.001 ? '< 0.001' : formatFigure(pValue)}`;
  return `${names[name] ?? name} ${formatFigure(value)}${interval}${p}`;
}
