import { timestampDate } from '@bufbuild/protobuf/wkt';
import type { DatasetVersion } from '@llmops/contracts/data/v1/dataset';
import type { ValidationReport, ValidationSuite } from '@llmops/contracts/data/v1/validation';
import { Button, EmptyState, Select, SkeletonRows, useToast } from '@llmops/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Play, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useProject } from '../../api/current-user.ts';
import { llmops } from '../../api/llmops.ts';
import { QueryError } from '../../api/query-error.tsx';
import { datasetKey } from './dataset-queries.ts';
import { ReportView } from './report-view.tsx';
import { reportsQuery, suitesQuery } from './validation-queries.ts';
import type { VersionTabProps } from './version-tab.ts';

const builtIn = 'Built-in suite';

/** Runs a suite over the version and shows what it found. */
export function ValidationTab({ version, search, onSearch }: VersionTabProps) {
  const project = useProject();
  const reports = useQuery(reportsQuery(project.id, version.dataset, version.id));
  const suites = useQuery(suitesQuery(project.id)).data ?? [];
  const [suite, setSuite] = useState('');
  const show = (report: string) => onSearch({ tab: 'validation', ...(report && { report }) });
  const run = useValidate(project.id, version, (report) => show(report.id));
  const shown = search.report ?? reports.data?.[0]?.id;
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2.5">
        {project.isEditor && (
          <>
            <Select aria-label="Suite" value={suite} onChange={(event) => setSuite(event.target.value)}>
              <option value="">{builtIn}</option>
              {suites.map(({ id, displayName }) => (
                <option key={id} value={id}>
                  {displayName}
                </option>
              ))}
            </Select>
            <Button variant="primary" busy={run.isPending} onClick={() => run.mutate(suite)}>
              <Play className="size-3.5" aria-hidden />
              Validate
            </Button>
          </>
        )}
        {reports.data && reports.data.length > 1 && (
          <Select
            aria-label="Report"
            className="ml-auto max-w-full"
            value={shown ?? ''}
            onChange={(event) => show(event.target.value)}
          >
            {reports.data.map((report) => (
              <option key={report.id} value={report.id}>
                {titleOf(report, suites)}
              </option>
            ))}
          </Select>
        )}
      </div>
      {reports.error && (
        <div className="p-4">
          <QueryError error={reports.error} onRetry={() => void reports.refetch()} />
        </div>
      )}
      {reports.isPending && <SkeletonRows rows={6} />}
      {shown && <ReportView key={shown} version={version} report={shown} />}
      {reports.data && !shown && (
        <EmptyState icon={ShieldCheck} title="Not validated yet">
          <p>A version that a suite blocks cannot be used for training, evaluation or indexes.</p>
        </EmptyState>
      )}
    </>
  );
}

function titleOf({ suite, createTime }: ValidationReport, suites: ValidationSuite[]): string {
  const name = suite === '' ? builtIn : (suites.find(({ id }) => id === suite)?.displayName ?? suite);
  return createTime ? `${name}, ${timestampDate(createTime).toLocaleString()}` : name;
}

function useValidate(
  project: string,
  { dataset, id: version }: DatasetVersion,
  onBegun: (report: ValidationReport) => void,
) {
  const queryClient = useQueryClient();
  const toast = useToast();
  return useMutation({
    mutationFn: (suite: string) => llmops.validation.validateVersion({ project, dataset, version, suite }),
    onSuccess: async (report) => {
      await queryClient.invalidateQueries({ queryKey: [...datasetKey(project, dataset), 'reports'] });
      onBegun(report);
    },
    onError: (error) => toast({ tone: 'danger', title: 'The validation did not begin', detail: error.message }),
  });
}
