import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { runTask } from '../../analysis/index.ts';
import { judgeDrift, type TableComparison, type VectorItem } from '../../drift/index.ts';
import { OpenVersion } from '../dataset/index.ts';
import type { DataJob, JobProgress } from '../job/index.ts';
import type { CompareJobInput } from './compare-versions.ts';
import { ComparisonRepository, type ComparisonRow } from './comparison.repository.ts';
import { EmbedTexts } from './embed-texts.ts';
import { reportNotFound } from './validation.errors.ts';

const timeoutMs = 3_600_000;
const progressEvery = 500;

interface SampledText extends Omit<VectorItem, 'vector'> {
  readonly text: string;
}

@Injectable()
export class RunDrift {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly openVersion: OpenVersion,
    private readonly comparisons: ComparisonRepository,
    private readonly embed: EmbedTexts,
  ) {}

  async run({ ctx, input, progress }: DataJob<CompareJobInput>): Promise<{ resource: string }> {
    const found = await this.database.tx(ctx, (tx) =>
      this.comparisons.get(tx, ctx.projectId, 'drift', input.comparison),
    );
    if (!found) throw reportNotFound(input.comparison);
    const { comparison } = found;
    const items = this.#rows(ctx, comparison, progress);
    const { columns } = comparison;
    const common = { timeoutMs, signal: ctx.signal };
    const tables = await runTask({ ...common, task: 'drift', input: { columns }, items });
    const meanings = comparison.embeddings ? await this.#meanings(ctx, comparison, tables, common) : [];
    const compared = tables.columns.map((column) => {
      const meaning = meanings.find((each) => each.column === column.column);
      return meaning ? { ...column, figures: [...column.figures, meaning.figure] } : column;
    });
    const result = { columns: judgeDrift(compared) };
    await this.database.tx(ctx, (tx) => this.comparisons.setResult(tx, comparison.id, result));
    return { resource: comparison.id };
  }

  async *#rows(ctx: RequestContext, comparison: ComparisonRow, progress: (value: JobProgress) => void) {
    const sides = [
      ['reference', await this.openVersion.run(ctx, comparison.firstVersion)],
      ['current', await this.openVersion.run(ctx, comparison.secondVersion)],
    ] as const;
    const total = sides[0][1].version.rowCount + sides[1][1].version.rowCount;
    let done = 0;
    for (const [side, { reader }] of sides) {
      for await (const { json } of reader.read({ signal: ctx.signal })) {
        yield `{"side":"${side}","value":${json}}`;
        done++;
        if (done % progressEvery === 0 || done === total) progress({ done, total, unit: 'rows', message: 'compares' });
      }
    }
  }

  #meanings(
    ctx: RequestContext,
    { model }: ComparisonRow,
    { texts }: TableComparison,
    common: { timeoutMs: number; signal: AbortSignal },
  ) {
    const embedded = this.embed.run(ctx, model, sampledTexts(texts), ({ text }) => text);
    const items = (async function* () {
      for await (const { item, vector } of embedded) {
        const { column, side } = item;
        yield JSON.stringify({ column, side, vector } satisfies VectorItem);
      }
    })();
    return runTask({ ...common, task: 'meaning', input: {}, items });
  }
}

async function* sampledTexts(texts: TableComparison['texts']): AsyncGenerator<SampledText, void> {
  for (const [column, sides] of Object.entries(texts)) {
    for (const side of ['reference', 'current'] as const) {
      for (const text of sides[side]) yield { column, side, text };
    }
  }
}
