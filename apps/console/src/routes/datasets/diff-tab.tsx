import { type Change, Change_Kind as Kind } from '@llmops/contracts/data/v1/dataset';
import { EmptyState, Segmented, SkeletonRows } from '@llmops/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Equal, GitCompareArrows } from 'lucide-react';
import { useState } from 'react';
import { useProject } from '../../api/current-user.ts';
import { QueryError } from '../../api/query-error.tsx';
import { formatCount } from '../../format/quantity.ts';
import { LoadMore } from '../../shell/load-more.tsx';
import { ChangeView } from './change-view.tsx';
import { diffQuery } from './diff-query.ts';
import { VersionChoice } from './version-choice.tsx';
import type { VersionTabProps } from './version-tab.ts';

type KindName = 'all' | 'added' | 'removed' | 'changed';

const kinds: Record<KindName, Kind> = {
  all: Kind.UNSPECIFIED,
  added: Kind.ADDED,
  removed: Kind.REMOVED,
  changed: Kind.CHANGED,
};

/** What is new against another version; the one before, unless another is chosen. */
export function DiffTab({ version, search, onSearch }: VersionTabProps) {
  const project = useProject();
  const [kind, setKind] = useState<KindName>('all');
  const { base = '' } = search;
  const isFirst = version.number === 1 && base === '';
  const query = useInfiniteQuery({
    ...diffQuery(project.id, version, { base, kind: kinds[kind] }),
    enabled: !isFirst,
  });
  const [first] = query.data?.pages ?? [];
  const changes = query.data?.pages.flatMap((page) => page.changes) ?? [];
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2.5">
        <span className="text-muted">Against</span>
        <VersionChoice
          project={project.id}
          dataset={version.dataset}
          label="Compared with"
          none="the version before"
          without={version.id}
          value={base}
          onChange={(next) => onSearch({ tab: 'diff', ...(next && { base: next }) })}
        />
        {first && (
          <span className="ml-auto max-sm:w-full">
            <Segmented<KindName>
              label="Kind of change"
              value={kind}
              onChange={setKind}
              options={[
                { value: 'all', label: 'All' },
                { value: 'added', label: `${formatCount(first.added)} added` },
                { value: 'removed', label: `${formatCount(first.removed)} removed` },
                { value: 'changed', label: `${formatCount(first.changed)} changed` },
              ]}
            />
          </span>
        )}
      </div>
      {query.error && (
        <div className="p-4">
          <QueryError error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {query.isLoading && <SkeletonRows rows={6} />}
      {isFirst && (
        <EmptyState icon={GitCompareArrows} title="This is the first version">
          <p>Choose another one to compare it with.</p>
        </EmptyState>
      )}
      {first && first.schemaChanges.length > 0 && (
        <ul aria-label="Schema changes" className="border-b border-line bg-warning-soft px-4 py-2 text-warning">
          {first.schemaChanges.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      )}
      {changes.length > 0 && <Changes changes={changes} />}
      {first && changes.length === 0 && (
        <EmptyState icon={Equal} title={kind === 'all' ? 'The rows are the same' : `No row was ${kind}`}>
          <p>{formatCount(first.unchanged)} rows are unchanged.</p>
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

const Changes = ({ changes }: { changes: Change[] }) => (
  <ol className="divide-y divide-line" aria-label="Changes">
    {changes.map((change) => (
      <ChangeView key={`${change.kind} ${change.rowId}`} change={change} />
    ))}
  </ol>
);
