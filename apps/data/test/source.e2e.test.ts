import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  type SourceConfigSchema,
  SourceItem_State,
  SourceService,
  UploadService,
} from '@llmops/contracts/data/v1/source';
import { Job_State } from '@llmops/contracts/jobs/v1/job';
import { until } from '@llmops/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DataHarness, startDataHarness } from './data-harness.ts';

let data: DataHarness;
let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'llmops-sources-'));
  await mkdir(join(root, 'allowed'));
  data = await startDataHarness({ OBJECTS_DIR: join(root, 'objects'), DATA_FOLDERS: [join(root, 'allowed')] });
});
afterAll(async () => {
  await data?.stop();
  await rm(root, { recursive: true, force: true });
});

type Tenant = Awaited<ReturnType<DataHarness['tenant']>>;

const create = ({ ctx, project }: Tenant, config: MessageInitShape<typeof SourceConfigSchema>) =>
  data.client(SourceService).createSource(ctx, { project, displayName: 'docs', config });

/** Runs a sync to its end. */
async function sync({ ctx, project }: Tenant, source: string) {
  const sources = data.client(SourceService);
  const { id } = await sources.syncSource(ctx, { project, source });
  return until(async () => {
    const one = await sources.getSync(ctx, { project, source, sync: id });
    return one.state === Job_State.QUEUED || one.state === Job_State.RUNNING ? undefined : one;
  });
}

async function contents({ ctx, project }: Tenant, source: string): Promise<Record<string, string>> {
  const sources = data.client(SourceService);
  const { items } = await sources.listSourceItems(ctx, { project, source, pageSize: 200 });
  const read = items.map(async ({ id, path }) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of sources.readSourceItem(ctx, { project, source, item: id })) chunks.push(chunk.data);
    return [path, Buffer.concat(chunks).toString()] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}

test('a folder’s sync takes what is new and changed, drops what is gone, and reads nothing twice', async () => {
  const tenant = await data.tenant();
  const folder = join(root, 'allowed', 'wiki');
  await mkdir(join(folder, 'guides'), { recursive: true });
  await writeFile(join(folder, 'guides/a.md'), '# A');
  await writeFile(join(folder, 'b.txt'), 'B');
  await writeFile(join(folder, 'skipped.log'), 'L');
  await writeFile(join(root, 'outside.md'), 'secret');
  await symlink(join(root, 'outside.md'), join(folder, 'link.md'));
  const { id } = await create(tenant, {
    kind: { case: 'folder', value: { path: folder } },
    include: ['**/*.md', '**/*.txt'],
    acl: ['group:hr'],
  });
  expect(await sync(tenant, id)).toMatchObject({ state: Job_State.SUCCEEDED, added: 2n, changed: 0n, removed: 0n });
  expect(await contents(tenant, id)).toEqual({ 'guides/a.md': '# A', 'b.txt': 'B' });
  expect(await sync(tenant, id)).toMatchObject({ added: 0n, changed: 0n, removed: 0n, unchanged: 2n, readBytes: 0n });

  await writeFile(join(folder, 'guides/a.md'), '# A, changed');
  await rm(join(folder, 'b.txt'));
  await writeFile(join(folder, 'c.md'), 'C');
  const third = await sync(tenant, id);
  expect(third).toMatchObject({ added: 1n, changed: 1n, removed: 1n, unchanged: 0n });
  expect(await contents(tenant, id)).toEqual({ 'guides/a.md': '# A, changed', 'c.md': 'C' });
  const { ctx, project } = tenant;
  const shown = await data.client(SourceService).listSourceItems(ctx, { project, source: id, sync: third.id });
  expect(Object.fromEntries(shown.items.map(({ path, state }) => [path, state]))).toEqual({
    'guides/a.md': SourceItem_State.PRESENT,
    'b.txt': SourceItem_State.REMOVED,
    'c.md': SourceItem_State.PRESENT,
  });
  expect(shown.items[0]!.acl).toEqual(['group:hr']);
});

test('a folder that is not allowed, and a listing that fails, lose nothing', async () => {
  const tenant = await data.tenant();
  await expect(create(tenant, { kind: { case: 'folder', value: { path: root } } })).rejects.toMatchObject({
    code: 'data.source_invalid',
    fields: [{ field: 'config.folder.path' }],
  });
  const folder = join(root, 'allowed', 'gone');
  await mkdir(folder);
  await writeFile(join(folder, 'a.md'), 'A');
  const { id } = await create(tenant, { kind: { case: 'folder', value: { path: folder } } });
  await sync(tenant, id);
  await rm(folder, { recursive: true });
  expect(await sync(tenant, id)).toMatchObject({
    state: Job_State.FAILED,
    removed: 0n,
    error: { code: 'data.origin_forbidden' },
  });
  expect(await contents(tenant, id)).toEqual({ 'a.md': 'A' });
});

test('a repository is read at a commit; the next sync reads only what the next commit changed', async () => {
  const tenant = await data.tenant();
  const repository = join(root, 'allowed', 'repository');
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', repository, '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args]);
  await mkdir(join(repository, 'docs'), { recursive: true });
  git('init', '-q', '-b', 'main');
  await writeFile(join(repository, 'docs/a.md'), 'one');
  await writeFile(join(repository, 'docs/b.md'), 'two');
  await writeFile(join(repository, 'code.ts'), 'x');
  git('add', '.');
  git('commit', '-qm', 'first');
  const { id } = await create(tenant, {
    kind: { case: 'git', value: { url: `file://${repository}`, ref: 'main', subdirectory: 'docs' } },
  });
  const first = await sync(tenant, id);
  expect(first).toMatchObject({
    state: Job_State.SUCCEEDED,
    added: 2n,
    revision: expect.stringMatching(/^commit [\da-f]{40}$/),
  });
  await writeFile(join(repository, 'docs/b.md'), 'two, again');
  git('commit', '-qam', 'second');
  expect(await sync(tenant, id)).toMatchObject({ changed: 1n, unchanged: 1n, readBytes: 10n });
  expect(await contents(tenant, id)).toEqual({ 'docs/a.md': 'one', 'docs/b.md': 'two, again' });
});

test('an uploaded archive stands for the files in it', async () => {
  const tenant = await data.tenant();
  const { ctx, project } = tenant;
  const folder = join(root, 'packed');
  await mkdir(join(folder, 'sub'), { recursive: true });
  await writeFile(join(folder, 'sub/a.txt'), 'A');
  await writeFile(join(folder, 'b.txt'), 'B');
  execFileSync('tar', ['-czf', join(root, 'packed.tar.gz'), '-C', folder, '.']);
  const bytes = await readFile(join(root, 'packed.tar.gz'));
  const uploads = data.client(UploadService);
  const sizeBytes = BigInt(bytes.length);
  const { id: upload } = await uploads.createUpload(ctx, { project, fileName: 'packed.tar.gz', sizeBytes });
  await uploads.writeUpload(ctx, { project, upload, offset: 0n, body: { contentType: '', data: bytes } });
  const { id } = await create(tenant, { kind: { case: 'upload', value: { uploads: [upload] } } });
  expect(await sync(tenant, id)).toMatchObject({ state: Job_State.SUCCEEDED, added: 2n });
  expect(await contents(tenant, id)).toEqual({ 'sub/a.txt': 'A', 'b.txt': 'B' });
});

test('another project sees nothing of a source, and a deleted one is gone', async () => {
  const mine = await data.tenant();
  const theirs = await data.tenant();
  const folder = join(root, 'allowed', 'mine');
  await mkdir(folder);
  const { id: source } = await create(mine, { kind: { case: 'folder', value: { path: folder } } });
  const sources = data.client(SourceService);
  const foreign = { project: theirs.project, source };
  for (const call of [
    () => sources.getSource(theirs.ctx, foreign),
    () => sources.syncSource(theirs.ctx, foreign),
    () => sources.listSourceItems(theirs.ctx, foreign),
    () => sources.listSyncs(theirs.ctx, foreign),
    () => sources.deleteSource(theirs.ctx, foreign),
  ]) {
    await expect(call()).rejects.toMatchObject({ code: 'data.source_not_found' });
  }
  await sources.deleteSource(mine.ctx, { project: mine.project, source });
  expect((await sources.listSources(mine.ctx, { project: mine.project })).sources).toEqual([]);
});
