import type { Database, JobRow } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Outbox } from '@llmops/platform/events';
import { enqueueJob } from '@llmops/platform/jobs';
import { OBJECTS, type ObjectStore } from '@llmops/platform/objects';
import { Inject, Injectable } from '@nestjs/common';
import { jobs, outbox } from '../../db/schema.ts';
import type { FileFormat } from '../../formats/index.ts';
import type { RowShape } from '../../shapes/index.ts';
import { GetDataJob, type JobInput } from '../job/index.ts';
import { GetDataset } from './get-dataset.ts';
import { type ImportOrigin, inlineKind } from './origin-files.ts';
import { type SplitRequest, toSplitPlan } from './split-plan.ts';
import type { SplitPlan } from './version-parts.ts';

/** How an import is queued. */
export const importJob = { service: 'data', kind: 'import-dataset' } as const;

export interface ImportSettings {
  format?: FileFormat | undefined;
  encoding: string;
  delimiter: string;
  keyColumns: string[];
  inferTypes: boolean;
  wholeFiles: boolean;
}

export interface ImportJobInput extends JobInput, ImportSettings {
  dataset: string;
  origin: ImportOrigin;
  shape?: RowShape | undefined;
  message: string;
  splitPlan?: SplitPlan | undefined;
}

export type OriginRequest =
  | Exclude<ImportOrigin, { kind: 'inline' }>
  /** JSON objects as text. */
  | { kind: 'rows'; rowsJson: string[] };

export interface ImportRequest extends ImportSettings {
  origin: OriginRequest;
  shape?: RowShape | undefined;
  message: string;
  splits: SplitRequest;
}

@Injectable()
export class ImportVersion {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(OBJECTS) private readonly objects: ObjectStore,
    private readonly outbox: Outbox,
    private readonly getDataset: GetDataset,
    private readonly getJob: GetDataJob,
  ) {}

  async run(ctx: RequestContext, dataset: string, request: ImportRequest): Promise<JobRow> {
    await this.getDataset.run(ctx, dataset);
    const { splits, origin, ...settings } = request;
    const input: ImportJobInput = {
      ...settings,
      resource: dataset,
      actor: ctx.actor,
      dataset,
      origin: await this.keep(ctx, origin),
      splitPlan: toSplitPlan(splits),
    };
    const { organizationId, projectId } = ctx;
    const id = await this.database.tx(ctx, (tx) =>
      enqueueJob(tx, { jobs, outbox }, { ...importJob, organizationId, projectId, input }),
    );
    this.outbox.poke();
    return this.getJob.run(ctx, id);
  }

  /** Rows given with the call become an object, so that a job's row in the database stays small. */
  async keep({ projectId }: RequestContext, origin: OriginRequest): Promise<ImportOrigin> {
    if (origin.kind !== 'rows') return origin;
    // A row is one line, however it was written.
    const lines = origin.rowsJson.map((json) => Buffer.from(`${json.replaceAll(/[\r\n]+/g, ' ')}\n`));
    const { sha256 } = await this.objects.putStream({ projectId, kind: inlineKind }, piecesOf(lines));
    return { kind: 'inline', sha256 };
  }
}

async function* piecesOf(pieces: Buffer[]): AsyncGenerator<Buffer> {
  yield* pieces;
}
