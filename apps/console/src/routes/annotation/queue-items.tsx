import { fromJsonString } from '@bufbuild/protobuf';
import {
  type AnnotationItem,
  type AnnotationQueue,
  type Label,
  LabelSchema,
  AnnotationItem_State as State,
} from '@llmops/contracts/data/v1/annotation';
import { Button, type Column, Dialog, EmptyState, Select, SkeletonRows, Status, Table, type Tone } from '@llmops/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Inbox } from 'lucide-react';
import { useState } from 'react';
import { useProject } from '../../api/current-user.ts';
import { QueryError } from '../../api/query-error.tsx';
import { LoadMore } from '../../shell/load-more.tsx';
import { cellText, contentOf } from '../datasets/row-cells.ts';
import { GivenLabels } from './given-labels.tsx';
import { ItemContent } from './item-content.tsx';
import { labelSummary } from './label-draft.ts';
import { queueItemsQuery } from './queue-queries.ts';

export function QueueItems({ queue }: { queue: AnnotationQueue }) {
  const project = useProject();
  const [state, setState] = useState(State.UNSPECIFIED);
  const [opened, setOpened] = useState<AnnotationItem>();
  const query = useInfiniteQuery(queueItemsQuery(project.id, queue.id, state));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="flex items-center gap-2 border-b border-line px-4 py-2.5">
        <Select aria-label="State" value={state} onChange={(event) => setState(Number(event.target.value))}>
          <option value={State.UNSPECIFIED}>Any state</option>
          {[State.PENDING, State.DISPUTED, State.DONE, State.SKIPPED].map((value) => (
            <option key={value} value={value}>
              {states[value].text}
            </option>
          ))}
        </Select>
      </div>
      {query.error && (
        <div className="p-4">
          <QueryError error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {query.isPending && <SkeletonRows rows={8} />}
      {items.length > 0 && (
        <Table label="Items" columns={columnsOf(queue)} rows={items} rowKey={({ id }) => id} onOpen={setOpened} />
      )}
      {query.isSuccess && items.length === 0 && (
        <EmptyState icon={Inbox} title={state === State.UNSPECIFIED ? 'No items yet' : 'No item in this state'}>
          <p>Rows of a dataset or traces are added with the button above.</p>
        </EmptyState>
      )}
      {query.hasNextPage && (
        <div className="flex flex-col border-t border-line py-3">
          <LoadMore query={query} />
        </div>
      )}
      {opened && (
        <Dialog open onOpenChange={() => setOpened(undefined)} title="Item" wide>
          <div className="flex min-w-0 flex-col gap-4">
            <ItemContent item={opened} />
            <GivenLabels queue={queue} item={opened} />
            <Button className="self-end" onClick={() => setOpened(undefined)}>
              Close
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}

const states: Record<State, { tone: Tone; text: string }> = {
  [State.UNSPECIFIED]: { tone: 'neutral', text: 'Unknown' },
  [State.PENDING]: { tone: 'neutral', text: 'To label' },
  [State.DISPUTED]: { tone: 'warning', text: 'Disputed' },
  [State.DONE]: { tone: 'success', text: 'Done' },
  [State.SKIPPED]: { tone: 'neutral', text: 'Skipped' },
};

function columnsOf({ schema, annotatorsPerItem }: AnnotationQueue): Column<AnnotationItem>[] {
  return [
    {
      id: 'content',
      header: 'Item',
      card: 'title',
      className: 'w-full max-w-0',
      cell: ({ contentJson }) => <span className="block truncate">{previewOf(contentJson)}</span>,
    },
    {
      id: 'result',
      header: 'Result',
      card: 'wide',
      className: 'max-w-64',
      cell: ({ resultJson }) => (
        <span className="block truncate">{schema ? labelSummary(schema, resultOf(resultJson)) : ''}</span>
      ),
    },
    {
      id: 'labels',
      header: 'Labels',
      align: 'end',
      className: 'whitespace-nowrap',
      cell: ({ annotations }) => `${annotations.length} of ${annotatorsPerItem}`,
    },
    {
      id: 'state',
      header: 'State',
      className: 'whitespace-nowrap',
      cell: ({ state }) => <Status tone={states[state].tone}>{states[state].text}</Status>,
    },
  ];
}

/** The values of an item in one line. */
export const previewOf = (json: string): string =>
  Object.values(contentOf(json)).map(cellText).filter(Boolean).join(' · ').slice(0, 300);

/** What holds in the end; undefined while nothing does. */
function resultOf(json: string): Label | undefined {
  if (json === '') return undefined;
  try {
    return fromJsonString(LabelSchema, json, { ignoreUnknownFields: true });
  } catch {
    return undefined;
  }
}
