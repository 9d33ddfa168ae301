import type { DatasetVersion } from '@llmops/contracts/data/v1/dataset';
import { Leak_Kind as Kind, type Leak } from '@llmops/contracts/data/v1/validation';
import { Badge, EmptyState, ProgressBar, Stat, StatRow, Status } from '@llmops/ui';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { useProject } from '../../api/current-user.ts';
import { llmops } from '../../api/llmops.ts';
import { QueryError } from '../../api/query-error.tsx';
import { formatCount, formatShare } from '../../format/quantity.ts';
import { isActive } from './data-names.ts';
import { liveMs } from './dataset-queries.ts';
import { RowLink } from './row-link.tsx';

const contaminationQuery = (project: string, report: string) =>
  queryOptions({
    queryKey: ['contaminationReport', project, report],
    queryFn: ({ signal }) => llmops.validation.getContaminationReport({ project, report }, { signal }),
    refetchInterval: (query) => (query.state.data && !isActive(query.state.data.state) ? false : liveMs),
  });

const kindNames: Record<Kind, string> = {
  [Kind.UNSPECIFIED]: 'Found',
  [Kind.EXACT]: 'Word for word',
  [Kind.NEAR]: 'Nearly',
  [Kind.EMBEDDING]: 'In meaning',
};

interface LeakViewProps {
  version: DatasetVersion;
  report: string;
  otherDataset: string;
}

export function LeakView({ version, report: id, otherDataset }: LeakViewProps) {
  const project = useProject();
  const { data: report, error } = useQuery(contaminationQuery(project.id, id));
  if (error || report?.error) {
    return (
      <div className="p-4">
        <QueryError error={error ?? new Error(report?.error?.message)} />
      </div>
    );
  }
  if (!report || isActive(report.state)) return <Comparing />;
  const other = { dataset: otherDataset, id: report.protectedVersion };
  return (
    <section aria-label="Leaks" className="flex min-w-0 flex-col gap-3 p-4">
      <StatRow>
        <Stat
          label="Result"
          value={
            <span className="text-base font-medium">
              <Status tone={report.contaminated ? 'danger' : 'success'}>
                {report.contaminated ? 'Rows leaked' : 'No leak found'}
              </Status>
            </span>
          }
          note={`${formatShare(report.share, 1)} of the protected rows`}
        />
        <Stat label="Word for word" value={formatCount(report.exact)} />
        <Stat label="Nearly" value={formatCount(report.near)} />
        <Stat label="In meaning" value={formatCount(report.embeddingNear)} />
      </StatRow>
      {report.leaks.length === 0 && (
        <EmptyState icon={ShieldCheck} title="No row of the other version is in this one" />
      )}
      <ul className="divide-y divide-line">
        {report.leaks.map((leak) => (
          <li key={`${leak.protectedRowId} ${leak.candidateRowId}`} className="flex min-w-0 flex-col gap-1 py-2.5">
            <p className="flex flex-wrap items-center gap-2 text-xs">
              <Badge tone={leak.kind === Kind.EXACT ? 'danger' : 'warning'}>{kindNames[leak.kind]}</Badge>
              <span className="text-muted tabular-nums">{Math.round(leak.similarity * 100)} % alike</span>
              <RowLink project={project.id} version={other} row={leak.protectedRowId}>
                protected row
              </RowLink>
              <RowLink project={project.id} version={version} row={leak.candidateRowId}>
                row here
              </RowLink>
            </p>
            <LeakTexts leak={leak} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const LeakTexts = ({ leak }: { leak: Leak }) => (
  <div className="grid min-w-0 gap-2 md:grid-cols-2">
    {[leak.protectedText, leak.candidateText].map((text, at) => (
      <p
        key={at === 0 ? 'protected' : 'candidate'}
        className="line-clamp-4 min-w-0 rounded bg-sunken px-2 py-1 break-words"
      >
        {text}
      </p>
    ))}
  </div>
);

export const Comparing = () => (
  <div className="flex flex-col gap-2 p-4" role="status">
    <p className="text-muted">Comparing…</p>
    <ProgressBar value={undefined} label="Comparison" />
  </div>
);
