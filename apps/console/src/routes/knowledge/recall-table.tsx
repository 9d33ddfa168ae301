import { timestampDate } from '@bufbuild/protobuf/wkt';
import type { RecallMeasure, RecallProbe } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { type Column, cx, Status, Table, Timestamp } from '@llmops/ui';
import { formatDuration } from '../../format/duration.ts';
import { formatShare } from '../../format/quantity.ts';

/** What the approximate search found of what the exact one finds, unfiltered and under filters. */
export function RecallTable({ probe }: { probe: RecallProbe }) {
  const { queries, k, threshold, alarm, time, measures } = probe;
  return (
    <div className="flex flex-col">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-xs text-muted">
        <Status tone={alarm ? 'danger' : 'success'}>
          {alarm ? 'Below what is allowed' : 'Recall is as it should be'}
        </Status>
        <span className="tabular-nums">
          {queries} queries, first {k}, alarm below {threshold.toFixed(2)}
        </span>
        {time && <Timestamp date={timestampDate(time)} ago />}
      </p>
      <Table
        label="Recall"
        columns={columnsOf(threshold)}
        rows={measures}
        rowKey={({ embeddingModel, filter }) => `${embeddingModel}/${filter}`}
      />
    </div>
  );
}

const columnsOf = (threshold: number): Column<RecallMeasure>[] => [
  {
    id: 'model',
    header: 'Model',
    className: 'w-full max-w-0 @2xl:min-w-40',
    card: 'title',
    cell: ({ embeddingModel }) => <span className="block truncate">{embeddingModel}</span>,
  },
  {
    id: 'filter',
    header: 'Filter',
    className: 'max-w-56',
    card: 'wide',
    cell: ({ filter }) => (
      <span className="block truncate font-mono text-xs text-muted" title={filter}>
        {filter}
      </span>
    ),
  },
  { id: 'selectivity', header: 'Passes', align: 'end', cell: ({ selectivity }) => formatShare(selectivity, 1) },
  {
    id: 'recall',
    header: 'Recall',
    align: 'end',
    cell: ({ recall }) => (
      <span className={cx('font-semibold', recall < threshold && 'text-danger')}>{recall.toFixed(3)}</span>
    ),
  },
  { id: 'returned', header: 'Returned', align: 'end', cell: ({ returned }) => returned.toFixed(1) },
  {
    id: 'p50',
    header: 'p50',
    align: 'end',
    className: 'whitespace-nowrap',
    cell: ({ p50Ms }) => formatDuration(p50Ms),
  },
  {
    id: 'exact',
    header: 'Exact p50',
    align: 'end',
    className: 'whitespace-nowrap',
    cell: ({ exactP50Ms }) => formatDuration(exactP50Ms),
  },
  { id: 'plan', header: 'Plan', cell: ({ plan }) => plan },
];
