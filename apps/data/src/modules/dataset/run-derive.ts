import type { RequestContext } from '@llmops/platform/context';
import { OBJECTS, type ObjectStore } from '@llmops/platform/objects';
import { Inject, Injectable } from '@nestjs/common';
import { detectShape } from '../../shapes/index.ts';
import { VersionWriter } from '../../versions/index.ts';
import type { DataJob } from '../job/index.ts';
import { CommitVersion } from './commit-version.ts';
import { deriveRows } from './derive-rows.ts';
import type { Derivation, DeriveJobInput } from './derive-version.ts';
import { KeptSplits } from './kept-splits.ts';
import { type OpenedVersion, OpenVersion } from './open-version.ts';
import { samePlan, splitBy } from './split-plan.ts';
import type { SplitPlan } from './version-parts.ts';

const progressEvery = 1_000;

@Injectable()
export class RunDerive {
  constructor(
    @Inject(OBJECTS) private readonly objects: ObjectStore,
    private readonly openVersion: OpenVersion,
    private readonly keptSplits: KeptSplits,
    private readonly commit: CommitVersion,
  ) {}

  /** Run again it gives the same version. */
  async run({ ctx, id, input, progress }: DataJob<DeriveJobInput>): Promise<{ resource: string }> {
    const parents: OpenedVersion[] = [];
    for (const parent of input.parents) parents.push(await this.openVersion.run(ctx, parent));
    const plan = commonPlan(parents);
    const keyColumns = keptKey(parents, input);
    const writer = new VersionWriter({
      objects: this.objects,
      projectId: ctx.projectId,
      keyColumns,
      splitBy: plan && { ...splitBy(plan), optional: true },
    });
    for await (const { row, place } of deriveRows(ctx, parents, input)) {
      await writer.add(row, place);
      if (writer.rows % progressEvery !== 0) continue;
      ctx.signal.throwIfAborted();
      progress({ done: writer.rows, unit: 'rows', message: 'writes rows' });
    }
    const written = await writer.finish();
    progress({ done: written.rows, total: written.rows, unit: 'rows', message: 'commits the version' });
    ctx.signal.throwIfAborted();
    const version = await this.commit.run(ctx, {
      datasetId: input.dataset,
      written,
      shape: detectShape(written.schema),
      format: parents[0]?.version.format ?? '',
      keyColumns,
      splitPlan: plan,
      splitsBefore: plan && (await this.#splitsBefore(ctx, parents, plan)),
      lineage: { operation: operationOf(input), detail: detailOf(input), parentVersions: input.parents, job: id },
      message: input.message,
    });
    return { resource: version.id };
  }

  async #splitsBefore(ctx: RequestContext, parents: OpenedVersion[], plan: SplitPlan) {
    return parents.length === 1 ? this.keptSplits.of(ctx, parents[0]!.version.id, plan) : undefined;
  }
}

/** The plan that all parents were split by. */
function commonPlan(parents: OpenedVersion[]): SplitPlan | undefined {
  const [first, ...others] = parents.map(({ version }) => version.splitPlan);
  return first && others.every((plan) => plan && samePlan(plan, first)) ? first : undefined;
}

/** Rows keep being named by the parents' key columns while those are there. */
function keptKey(parents: OpenedVersion[], { select, shape }: Derivation): string[] {
  const [first, ...others] = parents.map(({ version }) => version.keyColumns);
  if (!first || others.some((columns) => columns.join('\n') !== first.join('\n'))) return [];
  const names = Object.keys(select);
  const selectedAway = names.length > 0 && first.some((column) => !names.includes(column));
  const reshaped = shape !== undefined && shape !== parents[0]!.version.shape;
  return selectedAway || reshaped ? [] : first;
}

function operationOf({ where, select, edits, distinctOn, sampleRows, shape, parents }: Derivation): string {
  if (edits.length > 0) return 'edit';
  if (Object.keys(select).length > 0) return 'select';
  if (where !== '') return 'filter';
  if (distinctOn.length > 0) return 'distinct';
  if (sampleRows > 0) return 'sample';
  if (shape !== undefined) return 'convert';
  return parents.length > 1 ? 'concat' : 'copy';
}

function detailOf({ where, select, edits, distinctOn, sampleRows, seed, shape }: Derivation): string {
  const columns = Object.entries(select).map(([name, expression]) => `${expression} AS ${name}`);
  return [
    columns.length > 0 ? `SELECT ${columns.join(', ')}` : '',
    where === '' ? '' : `WHERE ${where}`,
    edits.length > 0 ? `${edits.length} edits` : '',
    distinctOn.length > 0 ? `distinct on ${distinctOn.join(', ')}` : '',
    sampleRows > 0 ? `sample of ${sampleRows}, seed ${seed}` : '',
    shape === undefined ? '' : `as ${shape}`,
  ]
    .filter((part) => part !== '')
    .join('; ')
    .slice(0, 10_000);
}
