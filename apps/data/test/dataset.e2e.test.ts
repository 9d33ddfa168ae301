import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Change_Kind, DataJobService } from '@llmops/contracts/data/v1/dataset';
import { Job_State } from '@llmops/contracts/jobs/v1/job';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SweepObjects } from '../src/modules/dataset/index.ts';
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

const { datasets, newDataset, ended, importRows, allRows } = datasetSteps(() => data);

test('an edit of one row stores the chunks around it and nothing else, and the diff names it', async () => {
  const member = await data.tenant();
  const { ctx, project } = member;
  const dataset = await newDataset(member);
  const first = await importRows(
    member,
    dataset,
    people(8_000).map((row) => ({ ...row, text: `${row.name} `.repeat(20) })),
  );
  const [row] = (await datasets().listRows(ctx, { project, dataset, version: '1', where: 'id = 4000' })).rows;
  const after = JSON.stringify({ ...JSON.parse(row!.json), name: 'somebody else' });
  const job = await datasets().deriveVersion(ctx, {
    project,
    dataset,
    parents: [first.id],
    edits: [
      { edit: { case: 'replace', value: { id: row!.id, rowJson: after } } },
      { edit: { case: 'addJson', value: JSON.stringify({ id: 9000, name: 'new', extra: true }) } },
    ],
  });
  const done = await ended(member, job);
  expect(done.state).toBe(Job_State.SUCCEEDED);
  const second = await datasets().getVersion(ctx, { project, dataset, version: done.resource });
  expect(second.lineage).toMatchObject({ operation: 'edit', parentVersions: [first.id] });
  expect(second.rowCount).toBe(8_001n);
  expect(Number(second.addedBytes)).toBeLessThan(Number(first.addedBytes) / 4);
  const diff = await datasets().diffVersions(ctx, { project, dataset, version: '2' });
  expect(diff).toMatchObject({
    base: first.id,
    added: 1n,
    removed: 0n,
    changed: 1n,
    unchanged: 7_999n,
    changes: [
      { kind: Change_Kind.CHANGED, beforeJson: row!.json, afterJson: after, columns: ['name'] },
      { kind: Change_Kind.ADDED, beforeJson: '' },
    ],
  });
  expect(diff.schemaChanges).toContain('extra: added (boolean, may be null)');
  const removedOnly = await datasets().diffVersions(ctx, { project, dataset, version: '2', kind: Change_Kind.REMOVED });
  expect(removedOnly.changes).toEqual([]);
});

test('with key columns a row keeps its id when it changes, and a key that repeats is refused', async () => {
  const member = await data.tenant();
  const { ctx, project } = member;
  const dataset = await newDataset(member);
  await importRows(member, dataset, people(3), {}, ['id']);
  await importRows(member, dataset, [...people(2), { id: 2, name: 'x', team: 't2', tags: ['a'] }], {}, ['id']);
  const diff = await datasets().diffVersions(ctx, { project, dataset, version: 'latest' });
  expect(diff).toMatchObject({ changed: 1n, added: 0n, removed: 0n, unchanged: 2n });
  expect(diff.changes).toMatchObject([{ rowId: '2', columns: ['name'] }]);
  const input = {
    origin: { case: 'inline' as const, value: { rowsJson: ['{"id":1}', '{"id":1}'] } },
    keyColumns: ['id'],
  };
  const job = await ended(member, await datasets().importVersion(ctx, { project, dataset, input }));
  expect(job.error).toMatchObject({ code: 'data.row_invalid', message: expect.stringContaining('row 2, column "id"') });
});

test('splits are a part of the version, are read alone, and keep their rows when rows are added', async () => {
  const member = await data.tenant();
  const { ctx, project } = member;
  const dataset = await newDataset(member);
  const splits = [
    { name: 'train', fraction: 0.8 },
    { name: 'test', fraction: 0.2 },
  ];
  const splitOptions = { seed: 7n, groupBy: 'team' };
  const part = { splits, splitOptions } as never;
  const first = await importRows(member, dataset, people(700), part);
  expect(first.splits.map(({ name }) => name)).toEqual(['train', 'test']);
  const split = async (version: string, name: string) => {
    const rows = await allRows(member, version, { split: name, columns: ['id', 'team'] });
    return rows.map(({ json }) => JSON.parse(json) as { id: number; team: string });
  };
  const train = await split(first.id, 'train');
  const test = await split(first.id, 'test');
  expect(train.length + test.length).toBe(700);
  const teams = new Set(train.map(({ team }) => team));
  expect(test.some(({ team }) => teams.has(team))).toBe(false);
  const second = await importRows(member, dataset, people(900), part);
  const moved = (await split(second.id, 'test')).filter(({ id }) => train.some((row) => row.id === id));
  expect(moved).toEqual([]);
  const { rows } = await datasets().listRows(ctx, { project, dataset, version: second.id, split: 'test', pageSize: 2 });
  expect(rows.map((row) => row.split)).toEqual(['test', 'test']);
  await expect(allRows(member, second.id, { split: 'dev' })).rejects.toMatchObject({ code: 'data.split_not_found' });
  const resplit = await datasets().splitVersion(ctx, {
    project,
    dataset,
    version: second.id,
    splits: [{ name: 'dev', count: 10n }],
  });
  expect(resplit).toMatchObject({ number: 3, splits: [{ name: 'dev', rowCount: 10n }] });
});

test('rows are paged, found by SQL, by words and by id', async () => {
  const member = await data.tenant();
  const { ctx, project } = member;
  const dataset = await newDataset(member);
  const version = await importRows(member, dataset, people(30));
  const listed = [];
  for (let pageToken = ''; ; ) {
    const page = await datasets().listRows(ctx, {
      project,
      dataset,
      version: '1',
      pageSize: 7,
      pageToken,
      where: 'id % 2 = 0',
    });
    listed.push(...page.rows.map(({ json }) => (JSON.parse(json) as { id: number }).id));
    pageToken = page.nextPageToken;
    if (pageToken === '') break;
  }
  expect(listed).toEqual(Array.from({ length: 15 }, (_, i) => i * 2));
  const byWords = await datasets().listRows(ctx, { project, dataset, version: '1', query: 'Person 12' });
  expect(byWords.rows.map(({ index }) => index)).toEqual([12n]);
  const rowIds = byWords.rows.map(({ id }) => id);
  expect((await datasets().listRows(ctx, { project, dataset, version: '1', rowIds })).rows).toHaveLength(1);
  expect((await allRows(member, version.id, { offset: 10n, limit: 3n })).map(({ index }) => index)).toEqual([
    10n,
    11n,
    12n,
  ]);
  await expect(
    datasets().listRows(ctx, { project, dataset, version: '1', where: 'nothing = 1' }),
  ).rejects.toMatchObject({ code: 'data.query_failed', category: 'invalid' });
});

test('a condition that leaves its brackets gives no rows but those that are there, and ends', async () => {
  const member = await data.tenant();
  const { ctx, project } = member;
  const dataset = await newDataset(member);
  await importRows(member, dataset, people(60));
  const list = async (where: string, query = '') =>
    (await datasets().listRows(ctx, { project, dataset, version: 'latest', where, query })).rows.length;
  expect(await list('false) UNION ALL (SELECT 1.5 UNION ALL SELECT -5 UNION ALL SELECT NULL')).toBe(0);
  expect(await list('false) UNION ALL SELECT i FROM (SELECT 0 AS i FROM range(900)) WHERE (true', 'nobody')).toBe(0);
});

test('changes of large rows come in pages that a message holds', async () => {
  const member = await data.tenant();
  const { ctx, project } = member;
  const dataset = await newDataset(member);
  const rows = (end: string) => ['a', 'b', 'c'].map((id) => ({ id, text: id.repeat(3_500_000) + end }));
  const base = await importRows(member, dataset, rows(''), {}, ['id']);
  const version = await importRows(member, dataset, rows('!'), {}, ['id']);
  const found: string[] = [];
  for (let pageToken = ''; ; ) {
    const page = await datasets().diffVersions(ctx, {
      ...{ project, dataset, base: base.id, version: version.id, pageToken },
    });
    found.push(...page.changes.map(({ rowId }) => rowId));
    pageToken = page.nextPageToken;
    if (pageToken === '') break;
  }
  expect(found.sort()).toEqual(['a', 'b', 'c']);
});

test('a version of as many columns as there may be is asked by SQL', async () => {
  const member = await data.tenant();
  const { ctx, project } = member;
  const dataset = await newDataset(member);
  const wide = (row: number) => Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`c${i}`, `${i} ${row}`]));
  await importRows(member, dataset, [0, 1, 2].map(wide));
  const place = { project, dataset, version: 'latest' };
  const { rows } = await datasets().listRows(ctx, { ...place, where: "c4999 = '4999 1'" });
  expect(rows.map(({ json }) => JSON.parse(json).c0)).toEqual(['0 1']);
});

test('tags name versions, move, and go', async () => {
  const member = await data.tenant();
  const { ctx, project } = member;
  const dataset = await newDataset(member);
  await importRows(member, dataset, people(1));
  await importRows(member, dataset, people(2));
  const tag = (version: string, part = {}) =>
    datasets().tagVersion(ctx, { project, dataset, version, tag: 'golden', ...part });
  expect((await tag('1')).tags).toEqual(['golden']);
  await tag('2');
  expect(await datasets().getVersion(ctx, { project, dataset, version: 'golden' })).toMatchObject({ number: 2 });
  await tag('2', { remove: true });
  await expect(datasets().getVersion(ctx, { project, dataset, version: 'golden' })).rejects.toMatchObject({
    code: 'data.version_not_found',
  });
});

test("another project's datasets, versions and jobs do not exist", async () => {
  const owner = await data.tenant();
  const { ctx, project } = await data.tenant();
  const dataset = await newDataset(owner);
  const version = await importRows(owner, dataset, people(3));
  await expect(datasets().getDataset(ctx, { project, dataset })).rejects.toMatchObject({ category: 'not_found' });
  await expect(allRows({ ctx, project }, version.id)).rejects.toMatchObject({ code: 'data.version_not_found' });
  await expect(
    data.client(DataJobService).getDataJob(ctx, { project, job: version.lineage!.job }),
  ).rejects.toMatchObject({ code: 'data.job_not_found' });
  expect(await data.client(DataJobService).listDataJobs(ctx, { project })).toMatchObject({ jobs: [] });
  const mine = await newDataset({ ctx, project });
  const derived = datasets().deriveVersion(ctx, { project, dataset: mine, parents: [version.id] });
  await expect(derived).rejects.toMatchObject({ code: 'data.version_not_found' });
});

test('what no version needs is swept, what one needs is kept', async () => {
  const member = await data.tenant();
  const { ctx, project } = member;
  const kept = await newDataset(member, 'kept');
  const gone = await newDataset(member, 'gone');
  const version = await importRows(member, kept, people(50));
  await importRows(member, gone, people(80, 1_000));
  const chunks = async () =>
    (await readdir(join(objects, 'data', project, 'chunks'), { recursive: true })).filter((name) => name.length > 10);
  expect(await chunks()).toHaveLength(2);
  await datasets().deleteDataset(ctx, { project, dataset: gone });
  const sweep = data.service.app.get(SweepObjects, { strict: false });
  await sweep.run();
  expect(await chunks()).toHaveLength(2);
  await sweep.run(new Date(Date.now() + 1_000));
  expect(await chunks()).toHaveLength(1);
  expect(await allRows(member, version.id)).toHaveLength(50);
});
