import { timestampDate } from '@bufbuild/protobuf/wkt';
import type { Dataset } from '@llmops/contracts/data/v1/dataset';
import { Button, type Column, EmptyState, SkeletonRows, Table, Timestamp } from '@llmops/ui';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { SearchX, Table2 } from 'lucide-react';
import { useProject } from '../../api/current-user.ts';
import { QueryError } from '../../api/query-error.tsx';
import { formatCount } from '../../format/quantity.ts';
import { LoadMore } from '../../shell/load-more.tsx';
import { SearchInput } from '../../shell/search-input.tsx';
import { shapeNames } from './data-names.ts';
import { datasetsQuery, versionQuery } from './dataset-queries.ts';
import { Verdict } from './verdict.tsx';

interface DatasetListProps {
  /** Words of the name. */
  q: string;
  onWords: (q: string) => void;
  onImport: () => void;
}

export function DatasetList({ q, onWords, onImport }: DatasetListProps) {
  const project = useProject();
  const navigate = useNavigate();
  const query = useInfiniteQuery(datasetsQuery(project.id, q));
  const datasets = query.data?.pages.flatMap((page) => page.datasets) ?? [];
  const isEmpty = query.isSuccess && datasets.length === 0;
  return (
    <>
      {(datasets.length > 0 || q !== '') && (
        <div className="flex border-b border-line px-4 py-2.5">
          <SearchInput label="Search names" value={q} onChange={onWords} />
        </div>
      )}
      {query.error && (
        <div className="p-4">
          <QueryError error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {query.isPending && <SkeletonRows rows={6} />}
      {datasets.length > 0 && (
        <Table
          label="Datasets"
          columns={columnsOf(project.id)}
          rows={datasets}
          rowKey={({ id }) => id}
          onOpen={({ id }) =>
            void navigate({ to: '/p/$project/datasets/$dataset', params: { project: project.id, dataset: id } })
          }
        />
      )}
      {isEmpty && q === '' && (
        <EmptyState icon={Table2} title="No datasets yet">
          <p>Import a file: JSONL, JSON, CSV, Parquet, Arrow or text. Its rows become the first version.</p>
          {project.isEditor && <Button onClick={onImport}>Import a file</Button>}
        </EmptyState>
      )}
      {isEmpty && q !== '' && (
        <EmptyState icon={SearchX} title="No dataset has these words in its name">
          <Button onClick={() => onWords('')}>Clear search</Button>
        </EmptyState>
      )}
      {query.hasNextPage && (
        <div className="flex flex-col border-t border-line py-3">
          <LoadMore query={query} />
        </div>
      )}
    </>
  );
}

function columnsOf(project: string): Column<Dataset>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      card: 'title',
      className: 'w-full max-w-0',
      cell: (dataset) => (
        <Link
          to="/p/$project/datasets/$dataset"
          params={{ project, dataset: dataset.id }}
          className="block truncate font-medium hover:underline"
          tabIndex={-1}
        >
          {dataset.displayName}
        </Link>
      ),
    },
    { id: 'rows', header: 'Rows', align: 'end', cell: ({ latestRows }) => formatCount(latestRows) },
    { id: 'versions', header: 'Versions', align: 'end', cell: ({ versionCount }) => versionCount },
    {
      id: 'shape',
      header: 'Shape',
      className: 'whitespace-nowrap',
      cell: ({ latestShape }) => shapeNames[latestShape],
    },
    {
      id: 'verdict',
      header: 'Validation',
      className: 'whitespace-nowrap',
      cell: (dataset) => (dataset.latestVersion ? <LatestVerdict project={project} dataset={dataset} /> : '–'),
    },
    {
      id: 'time',
      header: 'Changed',
      className: 'whitespace-nowrap',
      cell: ({ updateTime }) => updateTime && <Timestamp date={timestampDate(updateTime)} ago />,
    },
  ];
}

function LatestVerdict({ project, dataset }: { project: string; dataset: Dataset }) {
  const { data } = useQuery({ ...versionQuery(project, dataset.id, dataset.latestVersion), staleTime: 15_000 });
  return data ? <Verdict verdict={data.verdict} /> : null;
}
