import { createHash } from 'node:crypto';
import type { Database } from '@llmops/db';
import { DATABASE, newId } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { TRACES, type Traces } from '../../peers.ts';
import { traceContent } from '../../traces/trace-content.ts';
import { ReadRows } from '../dataset/index.ts';
import { annotationInvalid } from './annotation.errors.ts';
import { ItemRepository, type NewItem } from './item.repository.ts';
import { ManageQueues } from './manage-queues.ts';

export interface AddItemsInput {
  /** `dsv_…`; empty for none. */
  datasetVersion: string;
  split: string;
  rowIds: string[];
  traceIds: string[];
  /** JSON objects as text. */
  contents: string[];
  assignees: string[];
}

type Found = Pick<NewItem, 'origin' | 'content'> & Partial<Pick<NewItem, 'datasetVersion' | 'rowId' | 'traceId'>>;

const maxRows = 10_000;

@Injectable()
export class AddItems {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(TRACES) private readonly traces: Traces,
    private readonly readRows: ReadRows,
    private readonly queues: ManageQueues,
    private readonly items: ItemRepository,
  ) {}

  async run(
    ctx: RequestContext,
    queueId: string,
    input: AddItemsInput,
  ): Promise<{ added: number; alreadyThere: number }> {
    await this.queues.get(ctx, queueId);
    const found = [
      ...(await this.#rows(ctx, input)),
      ...(await Promise.all(input.traceIds.map((id) => this.#trace(ctx, id)))),
      ...input.contents.map(given),
    ];
    if (found.length === 0) throw annotationInvalid('dataset_version', 'name rows, traces or contents to add');
    const unique = [...new Map(found.map((one) => [one.origin, one])).values()];
    const { assignees } = input;
    // Ids of one millisecond are in no order, and items are shown in that of their ids.
    const ids = unique.map(() => newId('ai')).sort();
    const rows = unique.map((one, index): NewItem => {
      const id = ids[index]!;
      // By the id's last bit: half of the items show the right side first, whoever looks at them.
      const swapped = (id.charCodeAt(id.length - 1) & 1) === 1;
      return { ...one, id, projectId: ctx.projectId, queueId, assignees, swapped };
    });
    const added = await this.database.tx(ctx, (tx) => this.items.insert(tx, rows));
    return { added, alreadyThere: found.length - added };
  }

  async #rows(ctx: RequestContext, { datasetVersion: version, split, rowIds }: AddItemsInput): Promise<Found[]> {
    if (version === '') return [];
    const request = { version, split, rowIds, offset: 0, limit: 0, columns: [], requireUsable: false };
    const found: Found[] = [];
    for await (const batch of this.readRows.run(ctx, request)) {
      for (const { id, json } of batch) {
        found.push({ origin: `row:${version}:${id}`, content: json, datasetVersion: version, rowId: id });
      }
      if (found.length > maxRows) {
        throw annotationInvalid('dataset_version', `at most ${maxRows} rows are added at a time; name a split or rows`);
      }
    }
    return found;
  }

  /** As whoever adds it: who may not see a trace cannot put it before others. */
  async #trace(ctx: RequestContext, trace: string): Promise<Found> {
    const found = await this.traces.getTrace(ctx, { project: ctx.projectId, trace });
    const content = traceContent(found);
    const traceId = found.summary?.traceId ?? trace;
    return { origin: `trace:${traceId}`, content: JSON.stringify(content), traceId };
  }
}

function given(content: string, index: number): Found {
  const value = parsed(content);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw annotationInvalid(`content_json[${index}]`, 'is no JSON object');
  }
  return { origin: `content:${createHash('sha256').update(content).digest('hex')}`, content };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}
