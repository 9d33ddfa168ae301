import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  AnnotationItem_State,
  AnnotationService,
  type LabelDefinitionSchema,
} from '@llmops/contracts/data/v1/annotation';
import { DataJobService, DatasetService } from '@llmops/contracts/data/v1/dataset';
import { Job_State } from '@llmops/contracts/jobs/v1/job';
import { newId } from '@llmops/platform';
import { testCaller, until } from '@llmops/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DataHarness, startDataHarness } from './data-harness.ts';

let data: DataHarness;
let objects: string;

beforeAll(async () => {
  objects = await mkdtemp(join(tmpdir(), 'llmops-annotation-'));
  data = await startDataHarness({ OBJECTS_DIR: objects });
});
afterAll(async () => {
  await data?.stop();
  await rm(objects, { recursive: true, force: true });
});

type Tenant = Awaited<ReturnType<DataHarness['tenant']>>;

const sentiment: MessageInitShape<typeof LabelDefinitionSchema> = {
  kind: { case: 'categories', value: { values: ['good', 'bad'] } },
};
const client = () => data.client(AnnotationService);

const person = ({ organizationId, project }: Tenant) =>
  testCaller(data.tokens, { organizationId, projectId: project }, { actor: newId('usr') });

async function queueOf(
  tenant: Tenant,
  annotatorsPerItem: number,
  contents: object[],
  schema: MessageInitShape<typeof LabelDefinitionSchema> = sentiment,
) {
  const { ctx, project } = tenant;
  const { id: queue } = await client().createAnnotationQueue(ctx, {
    project,
    displayName: 'answers',
    schema,
    annotatorsPerItem,
  });
  const contentJson = contents.map((content) => JSON.stringify(content));
  await client().addAnnotationItems(ctx, { project, queue, contentJson });
  return { project, queue };
}

test('two people label each item; where they agree it is done, where not a third decides, and it becomes a version', async () => {
  const tenant = await data.tenant();
  const { ctx } = tenant;
  const at = await queueOf(tenant, 2, [{ text: 'fine' }, { text: 'awful' }]);
  const [ada, bob] = [await person(tenant), await person(tenant)];
  const label = (...categories: string[]) => ({ categories });
  const { item: first } = await client().claimAnnotationItem(ada, at);
  await client().submitAnnotation(ada, { ...at, item: first!.id, label: label('good') });
  // Begun items come first, so that they get done.
  const { item: again } = await client().claimAnnotationItem(bob, at);
  expect(again!.id).toBe(first!.id);
  const done = await client().submitAnnotation(bob, { ...at, item: first!.id, label: label('good') });
  expect(done).toMatchObject({ state: AnnotationItem_State.DONE, resultJson: '{"categories":["good"]}' });

  const { item: second } = await client().claimAnnotationItem(ada, at);
  await client().submitAnnotation(ada, { ...at, item: second!.id, label: label('good') });
  // The first one's mind may change until the item is done.
  await client().submitAnnotation(ada, { ...at, item: second!.id, label: label('bad') });
  const disputed = await client().submitAnnotation(bob, { ...at, item: second!.id, label: label('good') });
  expect(disputed.state).toBe(AnnotationItem_State.DISPUTED);
  expect(await client().getAgreement(ctx, at)).toMatchObject({ items: 2n, observed: 0.5 });
  const decided = await client().adjudicateItem(ctx, { ...at, item: second!.id, label: label('bad') });
  expect(decided).toMatchObject({ state: AnnotationItem_State.DONE, adjudicatedBy: ctx.actor });
  expect(await client().claimAnnotationItem(ada, at)).toEqual(expect.not.objectContaining({ item: expect.anything() }));
  expect(await client().getAnnotationQueue(ctx, at)).toMatchObject({ doneCount: 2n, pendingCount: 0n });

  const { id: job } = await client().publishAnnotations(ctx, at);
  const { project } = at;
  const ended = await until(async () => {
    const one = await data.client(DataJobService).getDataJob(ctx, { project, job });
    return one.state === Job_State.SUCCEEDED ? one : undefined;
  });
  const { datasets } = await data.client(DatasetService).listDatasets(ctx, { project });
  const { rows } = await data
    .client(DatasetService)
    .listRows(ctx, { project, dataset: datasets[0]!.id, version: ended.resource });
  expect(rows.map(({ json }) => JSON.parse(json))).toMatchObject([
    { text: 'fine', label: 'good' },
    { text: 'awful', label: 'bad', adjudicated_by: ctx.actor },
  ]);
});

test('at once, people are given different items, and no more people than are needed', async () => {
  const tenant = await data.tenant();
  const at = await queueOf(tenant, 1, [{ text: '1' }, { text: '2' }, { text: '3' }]);
  const people = await Promise.all(Array.from({ length: 5 }, () => person(tenant)));
  const claims = await Promise.all(people.map((one) => client().claimAnnotationItem(one, at)));
  const given = claims.flatMap(({ item }) => item?.id ?? []);
  expect(given).toHaveLength(3);
  expect(new Set(given).size).toBe(3);

  const many = await queueOf(
    tenant,
    1,
    Array.from({ length: 60 }, (_, n) => ({ text: String(n) })),
  );
  const crowd = await Promise.all(Array.from({ length: 60 }, () => person(tenant)));
  const crowded = await Promise.all(crowd.map((one) => client().claimAnnotationItem(one, many)));
  expect(new Set(crowded.map(({ item }) => item!.id)).size).toBe(60);
});

test('items are in the order in which they were added', async () => {
  const tenant = await data.tenant();
  const contents = Array.from({ length: 50 }, (_, n) => ({ n }));
  const { items } = await client().listAnnotationItems(tenant.ctx, await queueOf(tenant, 1, contents));
  expect(items.map(({ contentJson }) => JSON.parse(contentJson))).toEqual(contents);
});

test('a label that is none of the schema, an item of somebody else, and one that is done are refused', async () => {
  const tenant = await data.tenant();
  const at = await queueOf(tenant, 1, [{ text: 'a' }, { text: 'b' }]);
  const { items } = await client().listAnnotationItems(tenant.ctx, at);
  const [first, second] = items.map(({ id }) => id);
  const ada = await person(tenant);
  const submit = (item: string, ...categories: string[]) =>
    client().submitAnnotation(ada, { ...at, item, label: { categories } });
  await expect(submit(first!, 'great')).rejects.toMatchObject({
    code: 'data.label_invalid',
    fields: [{ field: 'label.categories' }],
  });
  await client().assignAnnotationItem(tenant.ctx, { ...at, item: first!, assignees: ['usr_bob'] });
  await expect(submit(first!, 'good')).rejects.toMatchObject({ code: 'data.annotation_refused' });
  await submit(second!, 'good');
  await expect(submit(second!, 'bad')).rejects.toMatchObject({ code: 'data.annotation_refused' });
  await expect(client().addAnnotationItems(tenant.ctx, { ...at, contentJson: ['[]'] })).rejects.toMatchObject({
    fields: [{ field: 'content_json[0]' }],
  });
});

test('what is in a queue is not added twice; rows of a version bring their ids', async () => {
  const tenant = await data.tenant();
  const { ctx, project } = tenant;
  const at = await queueOf(tenant, 1, [{ text: 'a' }]);
  const contentJson = ['{"text":"a"}', '{"text":"b"}'];
  expect(await client().addAnnotationItems(ctx, { ...at, contentJson })).toMatchObject({ added: 1n, alreadyThere: 1n });
  const datasets = data.client(DatasetService);
  const { id: dataset } = await datasets.createDataset(ctx, { project, displayName: 'rows' });
  const inline = { rowsJson: ['{"text":"r1"}', '{"text":"r2"}'] };
  const input = { origin: { case: 'inline' as const, value: inline } };
  const { id: job } = await datasets.importVersion(ctx, { project, dataset, input });
  const { resource: datasetVersion } = await until(async () => {
    const one = await data.client(DataJobService).getDataJob(ctx, { project, job });
    return one.state === Job_State.SUCCEEDED ? one : undefined;
  });
  expect(await client().addAnnotationItems(ctx, { ...at, datasetVersion })).toMatchObject({ added: 2n });
  const { items } = await client().listAnnotationItems(ctx, at);
  expect(items.filter((item) => item.datasetVersion === datasetVersion && item.rowId !== '')).toHaveLength(2);
});

test('another project sees nothing of a queue', async () => {
  const mine = await data.tenant();
  const theirs = await data.tenant();
  const { queue } = await queueOf(mine, 1, [{ text: 'a' }]);
  const foreign = { project: theirs.project, queue };
  for (const call of [
    () => client().getAnnotationQueue(theirs.ctx, foreign),
    () => client().listAnnotationItems(theirs.ctx, foreign),
    () => client().claimAnnotationItem(theirs.ctx, foreign),
    () => client().getAgreement(theirs.ctx, foreign),
    () => client().publishAnnotations(theirs.ctx, foreign),
    () => client().deleteAnnotationQueue(theirs.ctx, foreign),
  ]) {
    await expect(call()).rejects.toMatchObject({ code: 'data.annotation_queue_not_found' });
  }
});
