import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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
import { Role } from '@llmops/contracts/options/v1/options';
import { testCaller, until } from '@llmops/testing';
import { Client } from 'pg';
import { pack } from 'tar-stream';
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

/** A site whose answers a test decides on. */
async function startSite(
  answer: (path: string) => Promise<{ status?: number; body: string }> | { status?: number; body: string },
) {
  const server = createServer(async (request, response) => {
    const { status = 200, body } = await answer(request.url!);
    response.writeHead(status, { 'content-type': 'text/html' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const config: MessageInitShape<typeof SourceConfigSchema> = {
    kind: { case: 'crawl', value: { startUrls: [`${base}/`], maxDepth: 3, delayMs: 1 } },
  };
  return { config, stop: () => server.close() };
}

test('a page that does not answer takes none of those it leads to with it', async () => {
  const tenant = await data.tenant();
  let hubStatus = 200;
  let last = '<a href="/hub">x</a><a href="/b">x</a>';
  const site = await startSite((path) => {
    if (path === '/') return { body: last };
    if (path === '/hub') return { status: hubStatus, body: '<a href="/a">x</a>' };
    return path === '/a' || path === '/b' ? { body: `<title>with \0 NUL</title>${path}` } : { status: 404, body: '' };
  });
  const { id } = await create(tenant, site.config);
  expect(await sync(tenant, id)).toMatchObject({ state: Job_State.SUCCEEDED, added: 4n });
  hubStatus = 503;
  expect(await sync(tenant, id)).toMatchObject({ state: Job_State.SUCCEEDED, removed: 0n, failed: 1n });
  hubStatus = 200;
  last = '<a href="/hub">x</a>';
  expect(await sync(tenant, id)).toMatchObject({ state: Job_State.SUCCEEDED, removed: 1n, failed: 0n });
  site.stop();
});

test('a name that the database cannot hold fails its file and not the sync', async () => {
  const tenant = await data.tenant();
  const { ctx, project } = tenant;
  const packed = pack();
  // Beyond what an entry of an index holds, and not to be compressed.
  packed.entry({ name: `${Array.from({ length: 20 }, () => randomBytes(100).toString('hex')).join('/')}.md` }, 'long');
  packed.entry({ name: 'a.md' }, 'A');
  packed.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of packed) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const uploads = data.client(UploadService);
  const made = await uploads.createUpload(ctx, { project, fileName: 'x.tar', sizeBytes: BigInt(bytes.length) });
  await uploads.writeUpload(ctx, { project, upload: made.id, offset: 0n, body: { contentType: '', data: bytes } });
  const { id } = await create(tenant, { kind: { case: 'upload', value: { uploads: [made.id] } } });
  expect(await sync(tenant, id)).toMatchObject({ state: Job_State.SUCCEEDED, added: 1n, failed: 1n });
  expect(await sync(tenant, id)).toMatchObject({ state: Job_State.SUCCEEDED, unchanged: 1n, failed: 1n, removed: 0n });
});

test('a source that is deleted while it syncs leaves nothing behind', async () => {
  const tenant = await data.tenant();
  const { ctx, project } = tenant;
  let release = () => {};
  let reached = false;
  const site = await startSite(async (path) => {
    if (path === '/') return { body: '<a href="/slow">x</a>' };
    if (path !== '/slow') return { status: 404, body: '' };
    reached = true;
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    return { body: 'slow' };
  });
  const sources = data.client(SourceService);
  const { id: source } = await create(tenant, site.config);
  await sources.syncSource(ctx, { project, source });
  await until(async () => reached || undefined);
  await sources.deleteSource(ctx, { project, source });
  release();
  const admin = new Client({ connectionString: data.database.adminUrl });
  await admin.connect();
  const job = 'select state from data.jobs where project_id = $1';
  await until(async () => {
    const [row] = (await admin.query(job, [project])).rows;
    return ['queued', 'running'].includes(row.state) ? undefined : row;
  });
  const left = 'select count(*)::int as n from data.source_items where source_id = $1';
  expect((await admin.query(left, [source])).rows).toEqual([{ n: 0 }]);
  await admin.end();
  site.stop();
});

test('only an administrator says where a secret is sent, and never in the clear', async () => {
  const tenant = await data.tenant();
  const git = (url: string) => ({ kind: { case: 'git' as const, value: { url, secret: 'sec_1' } } });
  const editor = await testCaller(
    data.tokens,
    { organizationId: tenant.organizationId, projectId: tenant.project },
    { projectRole: Role.EDITOR },
  );
  const sources = data.client(SourceService);
  const { project } = tenant;
  const refused = { code: 'data.secret_needs_admin' };
  const config = git('https://example.org/docs.git');
  await expect(sources.createSource(editor, { project, displayName: 'x', config })).rejects.toMatchObject(refused);
  const { id: source } = await create(tenant, config);
  const elsewhere = git('https://evil.example/x.git');
  await expect(sources.updateSource(editor, { project, source, config: elsewhere })).rejects.toMatchObject(refused);
  await expect(create(tenant, git('http://example.org/docs.git'))).rejects.toMatchObject({
    code: 'data.source_invalid',
  });
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
