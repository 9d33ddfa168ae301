import { timestampDate } from '@bufbuild/protobuf/wkt';
import type { Dataset, DatasetVersion, Lineage } from '@llmops/contracts/data/v1/dataset';
import { Badge, Button, Card, type Column, EmptyState, SkeletonRows, Table, Timestamp } from '@llmops/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Layers } from 'lucide-react';
import { useProject } from '../../api/current-user.ts';
import { QueryError } from '../../api/query-error.tsx';
import { formatBytes, formatCount } from '../../format/quantity.ts';
import { LoadMore } from '../../shell/load-more.tsx';
import { versionsQuery } from './dataset-queries.ts';
import { Verdict } from './verdict.tsx';

export function VersionList({ dataset, onImport }: { dataset: Dataset; onImport: () => void }) {
  const project = useProject();
  const navigate = useNavigate();
  const query = useInfiniteQuery(versionsQuery(project.id, dataset.id));
  const versions = query.data?.pages.flatMap((page) => page.versions) ?? [];
  return (
    <>
      {query.error && <QueryError error={query.error} onRetry={() => void query.refetch()} />}
      {!query.isLoadingError && (
        <Card title="Versions" flush>
          {query.isPending && <SkeletonRows rows={4} />}
          {versions.length > 0 && (
            <Table
              label="Versions"
              columns={columnsOf(project.id, dataset.id)}
              rows={versions}
              rowKey={({ id }) => id}
              onOpen={({ number }) =>
                void navigate({
                  to: '/p/$project/datasets/$dataset/versions/$version',
                  params: { project: project.id, dataset: dataset.id, version: String(number) },
                })
              }
            />
          )}
          {query.isSuccess && versions.length === 0 && (
            <EmptyState icon={Layers} title="No versions yet">
              <p>A version is there once an import has ended well, whole.</p>
              {project.isEditor && <Button onClick={onImport}>Import a file</Button>}
            </EmptyState>
          )}
        </Card>
      )}
      <LoadMore query={query} />
    </>
  );
}

function columnsOf(project: string, dataset: string): Column<DatasetVersion>[] {
  return [
    {
      id: 'version',
      header: 'Version',
      card: 'title',
      className: 'whitespace-nowrap',
      cell: ({ number, tags }) => (
        <span className="flex flex-wrap items-center gap-1.5">
          <Link
            to="/p/$project/datasets/$dataset/versions/$version"
            params={{ project, dataset, version: String(number) }}
            className="font-medium hover:underline"
            tabIndex={-1}
          >
            Version {number}
          </Link>
          {tags.map((tag) => (
            <Badge key={tag} tone="accent">
              {tag}
            </Badge>
          ))}
        </span>
      ),
    },
    {
      id: 'lineage',
      header: 'Made by',
      card: 'wide',
      className: 'w-full max-w-0 @2xl:min-w-32',
      cell: ({ lineage, message }) => (
        <span className="block truncate text-muted" title={lineage?.detail}>
          {lineageText(lineage)}
          {message && ` · ${message}`}
        </span>
      ),
    },
    { id: 'rows', header: 'Rows', align: 'end', cell: ({ rowCount }) => formatCount(rowCount) },
    {
      id: 'added',
      header: 'Added',
      align: 'end',
      className: 'whitespace-nowrap',
      cell: ({ addedBytes }) => formatBytes(addedBytes),
    },
    {
      id: 'verdict',
      header: 'Validation',
      className: 'whitespace-nowrap',
      cell: ({ verdict }) => <Verdict verdict={verdict} />,
    },
    {
      id: 'time',
      header: 'Made',
      className: 'whitespace-nowrap',
      cell: ({ createTime }) => createTime && <Timestamp date={timestampDate(createTime)} ago />,
    },
  ];
}

/** Where a version came from, in a few words. */
export function lineageText(lineage: Lineage | undefined): string {
  if (!lineage) return '–';
  const { operation, fileName, detail } = lineage;
  const what = operation === 'import' ? fileName || detail : detail;
  return what ? `${operation}: ${what}` : operation;
}
