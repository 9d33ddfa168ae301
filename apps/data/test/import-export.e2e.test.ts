import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFormat, RowShape } from '@llmops/contracts/data/v1/dataset';
import { SourceService, UploadService } from '@llmops/contracts/data/v1/source';
import { Job_State } from '@llmops/contracts/jobs/v1/job';
import { until } from '@llmops/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DataHarness, startDataHarness } from './data-harness.ts';
import { datasetSteps, people } from './dataset-steps.ts';

let data: DataHarness;
let objects: string;

beforeAll(async () => {
  objects = await mkdtemp(join(tmpdir(), 'llmops-data-'));
  data = await startDataHarness({ OBJECTS_DIR: objects });
});
afterAll(async () => {
  await data?.stop();
  await rm(objects, { recursive: true, force: true });
});

const { datasets, newDataset, ended, upload, importRows, allRows } = datasetSteps(() => data);

test('an uploaded file becomes a version with its schema, and the same file again the same version', async () => {
  const member = await data.tenant();
  const { ctx, project } = member;
  const dataset = await newDataset(member);
  const csv = 'id,name,note\n1,Ada,"a, b"\n2,Grace,\n';
  const start = async () => {
    const input = { origin: { case: 'upload', value: await upload(member, 'people.csv', csv) } } as const;
    const preview = await datasets().previewImport(ctx, { project, input });
    expect(preview).toMatchObject({ format: DataFormat.CSV, encoding: 'utf-8', delimiter: ',', errors: [] });
    expect(preview.rows.map(({ json }) => JSON.parse(json))).toEqual([
      { id: '1', name: 'Ada', note: 'a, b' },
      { id: '2', name: 'Grace', note: '' },
    ]);
    return ended(member, await datasets().importVersion(ctx, { project, dataset, input, message: 'first' }));
  };
  const job = await start();
  expect(job).toMatchObject({ state: Job_State.SUCCEEDED, done: 2n, unit: 'rows' });
  const version = await datasets().getVersion(ctx, { project, dataset, version: 'latest' });
  expect(version).toMatchObject({
    id: job.resource,
    number: 1,
    rowCount: 2n,
    format: DataFormat.CSV,
    shape: RowShape.TABLE,
    message: 'first',
    columns: ['id', 'name', 'note'].map((name) => ({ name, type: 'string', nullable: false })),
    lineage: { operation: 'import', fileName: 'people.csv', job: job.id },
  });
  expect((await start()).resource).toBe(job.resource);
  const { versions } = await datasets().listVersions(ctx, { project, dataset });
  expect(versions).toHaveLength(1);
  expect(await datasets().getDataset(ctx, { project, dataset })).toMatchObject({ versionCount: 1, latestRows: 2n });
});

test('a bad row fails the import with file, row and column, and nothing of it is seen', async () => {
  const member = await data.tenant();
  const { ctx, project } = member;
  const dataset = await newDataset(member);
  const value = await upload(member, 'bad.csv', 'a,b\n1,2\n3\n');
  const input = { origin: { case: 'upload', value } } as const;
  const preview = await datasets().previewImport(ctx, { project, input });
  expect(preview.errors).toMatchObject([{ file: 'bad.csv', row: 3n, column: 'b' }]);
  const job = await ended(member, await datasets().importVersion(ctx, { project, dataset, input }));
  expect(job).toMatchObject({
    state: Job_State.FAILED,
    error: { code: 'data.row_invalid', message: expect.stringContaining('file "bad.csv", row 3, column "b"') },
  });
  expect(await datasets().listVersions(ctx, { project, dataset })).toMatchObject({ versions: [] });
});

test('a preview of large rows shows as many as a message holds', async () => {
  const { ctx, project } = await data.tenant();
  const part = Buffer.from(`{"text":"${'x'.repeat(3_000_000)}"}\n`);
  const sizeBytes = BigInt(part.length * 8);
  const uploads = data.client(UploadService);
  const { id } = await uploads.createUpload(ctx, { project, fileName: 'large.jsonl', sizeBytes });
  for (let offset = 0n; offset < sizeBytes; offset += BigInt(part.length)) {
    await uploads.writeUpload(ctx, { project, upload: id, offset, body: { contentType: '', data: part } });
  }
  const { rows } = await datasets().previewImport(ctx, { project, input: { origin: { case: 'upload', value: id } } });
  expect(rows).toHaveLength(2);
});

test('the tables of a source become one version, which names the sync it was read at', async () => {
  const member = await data.tenant();
  const { ctx, project } = member;
  const dataset = await newDataset(member);
  const uploads = [
    await upload(member, 'a.csv', 'n,s\n1,x\n'),
    await upload(member, 'b.csv', 'n,s\n2,y\n'),
    await upload(member, 'c.md', '# no'),
  ];
  const sources = data.client(SourceService);
  const config = { kind: { case: 'upload' as const, value: { uploads } } };
  const source = await sources.createSource(ctx, { project, displayName: 'tables', config });
  const { id: sync } = await sources.syncSource(ctx, { project, source: source.id });
  await until(
    async () => (await sources.getSync(ctx, { project, source: source.id, sync })).state === Job_State.SUCCEEDED,
  );
  const start = (paths: string[]) => {
    const origin = { case: 'source' as const, value: { source: source.id, paths } };
    return datasets().importVersion(ctx, { project, dataset, input: { origin, inferTypes: true } });
  };
  const job = await ended(member, await start(['*.csv']));
  const version = await datasets().getVersion(ctx, { project, dataset, version: job.resource });
  expect(version.lineage).toMatchObject({ operation: 'import', source: source.id, sync, detail: '2 files' });
  expect((await allRows(member, version.id)).map(({ json }) => JSON.parse(json))).toEqual([
    { n: 1, s: 'x' },
    { n: 2, s: 'y' },
  ]);
  expect((await ended(member, await start(['*.json']))).error).toMatchObject({ code: 'data.import_invalid' });
});

test('versions are made of others by filter, columns, joining, sampling and leaving out repeats', async () => {
  const member = await data.tenant();
  const { ctx, project } = member;
  const dataset = await newDataset(member);
  const one = await importRows(member, dataset, people(20));
  const two = await importRows(member, dataset, [...people(5), ...people(20, 100)]);
  const derive = async (part: object) => {
    const job = await ended(
      member,
      await datasets().deriveVersion(ctx, { project, dataset, parents: [one.id], ...part }),
    );
    expect(job).toMatchObject({ state: Job_State.SUCCEEDED });
    const version = await datasets().getVersion(ctx, { project, dataset, version: job.resource });
    return { version, rows: (await allRows(member, version.id)).map(({ json }) => JSON.parse(json)) };
  };
  expect((await derive({ where: 'id < 3' })).rows).toEqual(people(3));
  const selected = await derive({ where: 'id < 2', select: { n: 'id * 10', upper: 'upper(name)' } });
  expect(selected.rows).toEqual([
    { n: 0, upper: 'PERSON 0' },
    { n: 10, upper: 'PERSON 1' },
  ]);
  expect((await derive({ parents: [one.id, two.id], distinctOn: ['*'] })).version.rowCount).toBe(40n);
  const sample = { sampleRows: 5n, seed: 3n };
  expect((await derive(sample)).rows).toHaveLength(5);
  expect((await derive(sample)).version.id).toBe((await derive(sample)).version.id);
  const job = await datasets().deriveVersion(ctx, {
    project,
    dataset,
    parents: [one.id],
    edits: [{ edit: { case: 'delete', value: 'nobody' } }],
  });
  expect((await ended(member, job)).error).toMatchObject({ code: 'data.row_not_found' });
});

test('chat rows are known, converted and exported in other formats', async () => {
  const member = await data.tenant();
  const { ctx, project } = member;
  const dataset = await newDataset(member);
  const alpaca = [{ instruction: 'Say hi', input: '', output: 'hi', lang: 'en' }];
  const chat = await importRows(member, dataset, alpaca, { shape: RowShape.OPENAI_CHAT });
  expect(chat.shape).toBe(RowShape.OPENAI_CHAT);
  const exported = async (part: object) => {
    const pieces = [];
    for await (const piece of datasets().exportVersion(ctx, { project, dataset, version: 'latest', ...part }))
      pieces.push(piece.data);
    return Buffer.concat(pieces);
  };
  expect(JSON.parse((await exported({})).toString())).toEqual({
    messages: [
      { role: 'user', content: 'Say hi' },
      { role: 'assistant', content: 'hi' },
    ],
    lang: 'en',
  });
  expect(JSON.parse((await exported({ shape: RowShape.SHAREGPT })).toString())).toMatchObject({
    conversations: [
      { from: 'human', value: 'Say hi' },
      { from: 'gpt', value: 'hi' },
    ],
  });
  const csv = await exported({ format: DataFormat.CSV, shape: RowShape.ALPACA });
  expect(csv.toString()).toBe('instruction,input,output,lang\r\nSay hi,"",hi,en\r\n');
  for (const [format, fileName] of [
    [DataFormat.PARQUET, 'chat.parquet'],
    [DataFormat.ARROW, 'chat.arrow'],
  ] as const) {
    const value = await upload(member, fileName, await exported({ format }));
    const preview = await datasets().previewImport(ctx, { project, input: { origin: { case: 'upload', value } } });
    expect(preview).toMatchObject({ format, shape: RowShape.OPENAI_CHAT });
    expect(preview.rows.map(({ json }) => JSON.parse(json))).toEqual([JSON.parse((await exported({})).toString())]);
  }
});
