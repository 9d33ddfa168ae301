import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isFailed } from './connector.ts';
import { once } from './once.ts';
import { uploadConnector } from './upload.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'llmops-archive-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const file = (name: string, bytes: Buffer) => ({
  name,
  version: name,
  sizeBytes: bytes.length,
  read: () => once(bytes),
});

async function read(...files: ReturnType<typeof file>[]): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const signal = new AbortController().signal;
  for await (const item of uploadConnector(files, () => true).items(signal)) {
    const chunks: Uint8Array[] = [];
    if (!isFailed(item)) for await (const chunk of item.read(signal)) chunks.push(chunk);
    found[item.path] = isFailed(item) ? `! ${item.error}` : Buffer.concat(chunks).toString();
  }
  return found;
}

async function tar(
  ...entries: { name: string; text?: string; type?: 'symlink'; linkname?: string }[]
): Promise<Buffer> {
  const packed = pack();
  for (const { text = '', ...header } of entries) packed.entry(header, text);
  packed.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of packed) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

test('no name and no link in an archive leads out of it', async () => {
  const bytes = await tar(
    { name: '../../etc/passwd', text: 'up' },
    { name: '/etc/shadow', text: 'root' },
    { name: 'a/../../../b.md', text: 'between' },
    { name: '..\\..\\c.md', text: 'windows' },
    { name: 'link', type: 'symlink', linkname: '/etc/passwd' },
  );
  const expected = { 'etc/passwd': 'up', 'etc/shadow': 'root', 'b.md': 'between', 'c.md': 'windows' };
  expect(await read(file('x.tar', bytes))).toEqual(expected);
  expect(await read(file('x.tar.gz', gzipSync(bytes)))).toEqual(expected);
});

test('files of one name, in several uploads or archives, are all there, under the same names each time', async () => {
  const files = [
    file('a.md', Buffer.from('one')),
    file('a.md', Buffer.from('two')),
    file('x.tar', await tar({ name: 'a.md', text: 'three' }, { name: 'v1.2/noext', text: 'x' })),
    file('y.tar', await tar({ name: 'v1.2/noext', text: 'y' })),
  ];
  const expected = { 'a.md': 'one', 'a (2).md': 'two', 'a (3).md': 'three', 'v1.2/noext': 'x', 'v1.2/noext (2)': 'y' };
  expect(await read(...files)).toEqual(expected);
  expect(await read(...files)).toEqual(expected);
});

test('a bomb ends before it is unpacked', async () => {
  const bomb = gzipSync(await tar({ name: 'zeros', text: '\0'.repeat(100 << 20) }));
  await expect(read(file('bomb.tgz', bomb))).rejects.toMatchObject({
    code: 'data.item_invalid',
    message: expect.stringContaining('200 times'),
  });
});

test.each(['x.zip', 'x.tar.gz'])('what is no archive is refused: %s', async (name) => {
  await expect(read(file(name, Buffer.from('no archive at all')))).rejects.toMatchObject({ code: 'data.item_invalid' });
});

test('an archive that is cut off is refused', async () => {
  const whole = gzipSync(await tar({ name: 'a.md', text: 'x'.repeat(10_000) }));
  await expect(read(file('x.tgz', whole.subarray(0, whole.length - 20)))).rejects.toMatchObject({
    code: 'data.item_invalid',
  });
});

test('a zip’s files are read', async () => {
  const inside = join(folder, 'inside');
  await mkdir(join(inside, 'sub'), { recursive: true });
  await writeFile(join(inside, 'sub/ü.md'), 'U');
  const script = 'import shutil, sys; shutil.make_archive(sys.argv[1], "zip", sys.argv[2])';
  execFileSync('python3', ['-c', script, join(folder, 'packed'), inside]);
  expect(await read(file('x.ZIP', await readFile(join(folder, 'packed.zip'))))).toEqual({ 'sub/ü.md': 'U' });
});
