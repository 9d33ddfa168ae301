import type { Database, JobRow } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Outbox } from '@llmops/platform/events';
import { enqueueJob } from '@llmops/platform/jobs';
import { Inject, Injectable } from '@nestjs/common';
import { jobs, outbox } from '../../db/schema.ts';
import type { RowShape } from '../../shapes/index.ts';
import { GetDataJob, type JobInput } from '../job/index.ts';
import { deriveInvalid, versionNotFound } from './dataset.errors.ts';
import { GetDataset } from './get-dataset.ts';
import { VersionRepository } from './version.repository.ts';

/** How a derivation is queued. */
export const deriveJob = { service: 'data', kind: 'derive-dataset' } as const;

export type RowEdit =
  | { kind: 'add'; json: string }
  | { kind: 'replace'; id: string; json: string }
  | { kind: 'delete'; id: string };

/** Steps in the order they are done: filter and select, edit, leave out repeats, sample, change the shape. */
export interface Derivation {
  /** `dsv_…` */
  parents: string[];
  where: string;
  select: Record<string, string>;
  edits: RowEdit[];
  distinctOn: string[];
  /** 0 for all. */
  sampleRows: number;
  /** A 64-bit integer as text. */
  seed: string;
  shape?: RowShape | undefined;
  message: string;
}

export interface DeriveJobInput extends JobInput, Derivation {
  dataset: string;
}

@Injectable()
export class DeriveVersion {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly getDataset: GetDataset,
    private readonly versions: VersionRepository,
    private readonly getJob: GetDataJob,
  ) {}

  async run(ctx: RequestContext, dataset: string, derivation: Derivation): Promise<JobRow> {
    await this.getDataset.run(ctx, dataset);
    if (derivation.edits.length > 0 && Object.keys(derivation.select).length > 0) {
      throw deriveInvalid('edits', 'rows that select makes have no ids yet; edit them in a second step');
    }
    const { organizationId, projectId } = ctx;
    const input: DeriveJobInput = { ...derivation, resource: dataset, actor: ctx.actor, dataset };
    const id = await this.database.tx(ctx, async (tx) => {
      for (const parent of derivation.parents) {
        if (!(await this.versions.byId(tx, projectId, parent))) throw versionNotFound(parent);
      }
      return enqueueJob(tx, { jobs, outbox }, { ...deriveJob, organizationId, projectId, input });
    });
    this.outbox.poke();
    return this.getJob.run(ctx, id);
  }
}
