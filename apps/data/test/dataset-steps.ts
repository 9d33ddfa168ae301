import { DataJobService, DatasetService, type ImportVersionRequest } from '@llmops/contracts/data/v1/dataset';
import { UploadService } from '@llmops/contracts/data/v1/source';
import { type Job, Job_State } from '@llmops/contracts/jobs/v1/job';
import type { RequestContext } from '@llmops/platform/context';
import { until } from '@llmops/testing';
import { expect } from 'vitest';
import type { DataHarness } from './data-harness.ts';

export interface Member {
  ctx: RequestContext;
  project: string;
}

type Import = Partial<Omit<ImportVersionRequest, '$typeName'>>;

/** Rows of a table, each of its own. */
export const people = (n: number, from = 0) =>
  Array.from({ length: n }, (_, i) => ({
    id: from + i,
    name: `person ${from + i}`,
    team: `t${(from + i) % 7}`,
    tags: ['a'],
  }));

/** What tests of datasets do again and again. */
export function datasetSteps(harness: () => DataHarness) {
  const datasets = () => harness().client(DatasetService);

  const newDataset = async ({ ctx, project }: Member, displayName = 'support') => {
    const { id } = await datasets().createDataset(ctx, { project, displayName });
    return id;
  };

  const ended = ({ ctx, project }: Member, job: Job): Promise<Job> =>
    until(async () => {
      const now = await harness().client(DataJobService).getDataJob(ctx, { project, job: job.id });
      return now.state > Job_State.RUNNING ? now : undefined;
    });

  const upload = async ({ ctx, project }: Member, fileName: string, content: string | Buffer): Promise<string> => {
    const bytes = Buffer.from(content);
    const uploads = harness().client(UploadService);
    const made = await uploads.createUpload(ctx, { project, fileName, sizeBytes: BigInt(bytes.length) });
    await uploads.writeUpload(ctx, { project, upload: made.id, offset: 0n, body: { contentType: '', data: bytes } });
    return made.id;
  };

  const importRows = async (
    member: Member,
    dataset: string,
    rows: object[],
    part: Import = {},
    keyColumns: string[] = [],
  ) => {
    const { ctx, project } = member;
    const input = {
      origin: { case: 'inline', value: { rowsJson: rows.map((row) => JSON.stringify(row)) } },
      keyColumns,
    } as const;
    const job = await ended(member, await datasets().importVersion(ctx, { project, dataset, input, ...part } as never));
    expect(job).toMatchObject({ state: Job_State.SUCCEEDED });
    return datasets().getVersion(ctx, { project, dataset, version: job.resource });
  };

  const allRows = async ({ ctx, project }: Member, version: string, part = {}) => {
    const rows = [];
    for await (const batch of datasets().readRows(ctx, { project, version, ...part })) rows.push(...batch.rows);
    return rows;
  };

  return { datasets, newDataset, ended, upload, importRows, allRows };
}
