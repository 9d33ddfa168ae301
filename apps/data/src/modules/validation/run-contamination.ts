import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { runTask } from '../../analysis/index.ts';
import { textsOf } from '../../checks/index.ts';
import type { LeakItem } from '../../contamination/index.ts';
import { type OpenedVersion, OpenVersion } from '../dataset/index.ts';
import type { DataJob } from '../job/index.ts';
import type { CompareJobInput } from './compare-versions.ts';
import { ComparisonRepository, type ComparisonRow } from './comparison.repository.ts';
import { EmbedTexts } from './embed-texts.ts';
import { reportNotFound } from './validation.errors.ts';

const timeoutMs = 6 * 3_600_000;
const mostLeaks = 200;
const progressEvery = 200;

type Side = LeakItem['side'];

@Injectable()
export class RunContamination {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly openVersion: OpenVersion,
    private readonly comparisons: ComparisonRepository,
    private readonly embed: EmbedTexts,
  ) {}

  async run({ ctx, input, progress }: DataJob<CompareJobInput>): Promise<{ resource: string }> {
    const { comparison } = await this.#get(ctx, input.comparison);
    const [first, second] = [
      await this.openVersion.run(ctx, comparison.firstVersion),
      await this.openVersion.run(ctx, comparison.secondVersion),
    ];
    const total = first.version.rowCount + second.version.rowCount;
    const items = counted(this.#items(ctx, comparison, first, second), (done) =>
      progress({ done, total, unit: 'rows', message: comparison.embeddings ? 'embeds and compares' : 'compares' }),
    );
    const leaks = await runTask({ task: 'leaks', input: { mostLeaks }, items, timeoutMs, signal: ctx.signal });
    await this.database.tx(ctx, (tx) => this.comparisons.setResult(tx, comparison.id, { leaks }));
    return { resource: comparison.id };
  }

  async #get(ctx: RequestContext, id: string) {
    const found = await this.database.tx(ctx, (tx) => this.comparisons.get(tx, ctx.projectId, 'contamination', id));
    if (!found) throw reportNotFound(id);
    return found;
  }

  /** The protected rows first. */
  async *#items(
    ctx: RequestContext,
    { columns, embeddings, model }: ComparisonRow,
    first: OpenedVersion,
    second: OpenedVersion,
  ): AsyncGenerator<LeakItem, void> {
    for (const [side, opened] of [
      ['protected', first],
      ['candidate', second],
    ] as const) {
      const rows = leakRows(side, opened, columns, ctx.signal);
      if (!embeddings) yield* rows;
      else {
        for await (const { item, vector } of this.embed.run(ctx, model, rows, ({ text }) => text)) {
          yield { ...item, vector };
        }
      }
    }
  }
}

async function* leakRows(
  side: Side,
  opened: OpenedVersion,
  columns: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<LeakItem, void> {
  for await (const { id, json } of opened.reader.read({ signal })) {
    const texts = textsOf(JSON.parse(json) as Record<string, unknown>, columns);
    yield { side, id, text: texts.map(({ text }) => text).join('\n') };
  }
}

async function* counted(items: AsyncIterable<LeakItem>, tell: (done: number) => void): AsyncGenerator<string, void> {
  let done = 0;
  for await (const item of items) {
    yield JSON.stringify(item);
    done++;
    if (done % progressEvery === 0) tell(done);
  }
  tell(done);
}
