import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UploadService } from '@llmops/contracts/data/v1/source';
import { Role } from '@llmops/contracts/options/v1/options';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DataHarness, startDataHarness } from './data-harness.ts';

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

const bytes = randomBytes(9_000_000);
const sha256 = createHash('sha256').update(bytes).digest('hex');
const part = (from: number, to: number) => ({ contentType: '', data: bytes.subarray(from, to) });

test('a file in parts is whole again, whatever broke on the way', async () => {
  const { ctx, project } = await data.tenant();
  const uploads = data.client(UploadService);
  const sizeBytes = BigInt(bytes.length);
  const { id: upload } = await uploads.createUpload(ctx, { project, fileName: '../a/report.pdf', sizeBytes, sha256 });
  await uploads.writeUpload(ctx, { project, upload, offset: 0n, body: part(0, 4_000_000) });
  // The answer was lost, so the part comes again: what has arrived stays as it is.
  await expect(
    uploads.writeUpload(ctx, { project, upload, offset: 0n, body: part(0, 4_000_000) }),
  ).rejects.toMatchObject({ code: 'data.upload_offset_wrong', message: expect.stringContaining('4000000 bytes') });
  expect(await uploads.getUpload(ctx, { project, upload })).toMatchObject({
    fileName: 'report.pdf',
    receivedBytes: 4_000_000n,
    complete: false,
  });
  await uploads.writeUpload(ctx, { project, upload, offset: 4_000_000n, body: part(4_000_000, 8_000_000) });
  const done = await uploads.writeUpload(ctx, {
    project,
    upload,
    offset: 8_000_000n,
    body: part(8_000_000, 9_000_000),
  });
  expect(done).toMatchObject({ complete: true, sha256 });
  const chunks: Uint8Array[] = [];
  for await (const { data: chunk } of uploads.readUpload(ctx, { project, upload })) chunks.push(chunk);
  expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
});

test('a crash between the last part and the whole is made good by sending the last part again', async () => {
  const { ctx, project } = await data.tenant();
  const uploads = data.client(UploadService);
  const { id: upload } = await uploads.createUpload(ctx, { project, fileName: 'a', sizeBytes: 6n });
  const send = (text: string, offset: bigint) =>
    uploads.writeUpload(ctx, { project, upload, offset, body: { contentType: '', data: Buffer.from(text) } });
  await send('one', 0n);
  await send('two', 3n);
  const parts = ['one', 'two'].map((text) => ({
    sha256: createHash('sha256').update(text).digest('hex'),
    sizeBytes: 3,
  }));
  // As the crash leaves it.
  const admin = new Client({ connectionString: data.database.adminUrl });
  await admin.connect();
  await admin.query('update data.uploads set sha256 = null, parts = $1 where id = $2', [JSON.stringify(parts), upload]);
  await admin.end();
  expect(await uploads.getUpload(ctx, { project, upload })).toMatchObject({ receivedBytes: 6n, complete: false });
  await expect(send('owt', 3n)).rejects.toMatchObject({ code: 'data.upload_offset_wrong' });
  const again = await Promise.all([send('two', 3n), send('two', 3n)]);
  expect(again.map(({ complete }) => complete)).toEqual([true, true]);
});

test('what is announced is what is taken', async () => {
  const { ctx, project } = await data.tenant();
  const uploads = data.client(UploadService);
  const made = await uploads.createUpload(ctx, { project, fileName: 'a', sizeBytes: 3n, sha256: sha256 });
  const send = (body: Uint8Array, offset = 0n) =>
    uploads.writeUpload(ctx, { project, upload: made.id, offset, body: { contentType: '', data: body } });
  await expect(send(new Uint8Array(4))).rejects.toMatchObject({ code: 'data.upload_part_invalid' });
  await expect(send(new Uint8Array(0))).rejects.toMatchObject({ code: 'data.upload_part_invalid' });
  await expect(send(new Uint8Array(3))).rejects.toMatchObject({ code: 'data.upload_checksum_wrong' });
  expect(await uploads.getUpload(ctx, { project, upload: made.id })).toMatchObject({ receivedBytes: 0n });
  const read = async () => {
    for await (const _ of uploads.readUpload(ctx, { project, upload: made.id }));
  };
  await expect(read()).rejects.toMatchObject({ code: 'data.upload_incomplete' });
  await expect(uploads.createUpload(ctx, { project, fileName: 'a', sizeBytes: 1n << 50n })).rejects.toMatchObject({
    code: 'data.upload_too_large',
  });
});

test('another project’s upload is not there, and a viewer sends nothing', async () => {
  const mine = await data.tenant();
  const theirs = await data.tenant();
  const uploads = data.client(UploadService);
  const { id: upload } = await uploads.createUpload(mine.ctx, { project: mine.project, fileName: 'a', sizeBytes: 1n });
  await expect(uploads.getUpload(theirs.ctx, { project: theirs.project, upload })).rejects.toMatchObject({
    code: 'data.upload_not_found',
  });
  const viewer = await data.tenant(Role.VIEWER);
  await expect(
    uploads.createUpload(viewer.ctx, { project: viewer.project, fileName: 'a', sizeBytes: 1n }),
  ).rejects.toMatchObject({ code: 'platform.permission_denied' });
});
