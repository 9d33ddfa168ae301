import type { DatasetVersion } from '@llmops/contracts/data/v1/dataset';
import { type CheckResult, Check_Severity as Severity } from '@llmops/contracts/data/v1/validation';
import { Badge, ProgressBar, SkeletonRows, Status } from '@llmops/ui';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useProject } from '../../api/current-user.ts';
import { QueryError } from '../../api/query-error.tsx';
import { formatCount } from '../../format/quantity.ts';
import { bySeverity, outcomeLook } from './check-outcome.ts';
import { isActive, jobStates } from './data-names.ts';
import { datasetKey } from './dataset-queries.ts';
import { RowLink } from './row-link.tsx';
import { reportQuery } from './validation-queries.ts';
import { Verdict } from './verdict.tsx';

/** One run of a suite: what is wrong first, each finding with the way to its row. */
export function ReportView({ version, report: id }: { version: DatasetVersion; report: string }) {
  const project = useProject();
  const { data: report, error, refetch } = useQuery(reportQuery(project.id, version.dataset, id));
  const done = report !== undefined && !isActive(report.state);
  useRefreshed(project.id, version.dataset, done);
  if (error) {
    return (
      <div className="p-4">
        <QueryError error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (!report) return <SkeletonRows rows={6} />;
  const { rowsChecked, rowsTotal } = report;
  return (
    <section aria-label="Report">
      <div className="flex flex-col gap-1.5 border-b border-line px-4 py-3" role="status">
        <span className="flex flex-wrap items-center justify-between gap-2">
          <span className="text-base font-medium">
            {done && !report.error ? (
              <Verdict verdict={report.verdict} />
            ) : (
              <Status tone={jobStates[report.state].tone}>{jobStates[report.state].text}</Status>
            )}
          </span>
          <span className="text-xs text-muted tabular-nums">
            {formatCount(rowsChecked)} of {formatCount(rowsTotal)} rows
          </span>
        </span>
        {!done && (
          <ProgressBar
            value={rowsTotal > 0n ? Number(rowsChecked) / Number(rowsTotal) : undefined}
            label="Validation progress"
          />
        )}
        {report.error && <p className="break-words text-danger">{report.error.message}</p>}
      </div>
      <ul className="divide-y divide-line">
        {bySeverity(report.results).map((result) => (
          <ResultView key={result.name} project={project.id} version={version} result={result} />
        ))}
      </ul>
    </section>
  );
}

/** The verdict stands on the version too. */
function useRefreshed(project: string, dataset: string, done: boolean) {
  const queryClient = useQueryClient();
  useEffect(() => {
    if (!done) return;
    for (const part of ['version', 'versions', 'reports']) {
      void queryClient.invalidateQueries({ queryKey: [...datasetKey(project, dataset), part] });
    }
  }, [done, project, dataset, queryClient]);
}

interface ResultViewProps {
  project: string;
  version: DatasetVersion;
  result: CheckResult;
}

function ResultView({ project, version, result }: ResultViewProps) {
  const { tone, text } = outcomeLook(result);
  return (
    <li className="flex min-w-0 flex-col gap-1.5 px-4 py-2.5">
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        <span className="w-20">
          <Status tone={tone}>{text}</Status>
        </span>
        <span className="min-w-0 truncate font-medium">{result.name}</span>
        {result.severity === Severity.BLOCK && <Badge>blocks</Badge>}
        <span className="min-w-0 text-muted max-sm:w-full">{result.message}</span>
      </div>
      {result.findings.length > 0 && (
        <ul className="flex flex-col gap-1 sm:pl-23">
          {result.findings.map((finding, at) => (
            <li key={`${finding.rowId} ${finding.column} ${at}`} className="flex min-w-0 flex-wrap gap-x-2 text-xs">
              <RowLink project={project} version={version} row={finding.rowId}>
                Row {String(finding.rowIndex)}
              </RowLink>
              {finding.column && <span className="text-muted">{finding.column}</span>}
              <span className="min-w-0 break-words">{finding.message}</span>
              {finding.value && (
                <code className="max-w-full truncate font-mono text-muted" title={finding.value}>
                  {finding.value}
                </code>
              )}
              {finding.otherRowId && (
                <RowLink project={project} version={version} row={finding.otherRowId}>
                  the other row
                </RowLink>
              )}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
