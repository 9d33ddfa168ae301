import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isFailed } from './connector.ts';
import { s3Connector } from './s3.ts';

let server: Server;
let endpoint: string;
let asked: string[] = [];
let answer: (url: URL) => { status?: number; body: string; location?: string };

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url!);
    const { status = 200, body, location } = answer(new URL(request.url!, endpoint));
    response.writeHead(status, location ? { location } : {}).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const listing = (keys: string[], next?: string) =>
  `<?xml version="1.0"?><ListBucketResult>${keys
    .map((key) => `<Contents><Key>${key}</Key><ETag>"${key.length}"</ETag><Size>1</Size></Contents>`)
    .join('')}${next ? `<NextContinuationToken>${next}</NextContinuationToken>` : ''}</ListBucketResult>`;

async function read(allowsPrivate = true): Promise<Record<string, string>> {
  asked = [];
  const options = { endpoint, region: '', bucket: 'docs', prefix: 'wiki/', credentials: undefined };
  const connector = s3Connector(options, { allowsPrivate }, () => true);
  const signal = new AbortController().signal;
  const found: Record<string, string> = {};
  try {
    for await (const item of connector.items(signal)) {
      const chunks: Uint8Array[] = [];
      if (!isFailed(item)) for await (const chunk of item.read(signal)) chunks.push(chunk);
      found[item.path] = isFailed(item) ? `! ${item.error}` : Buffer.concat(chunks).toString();
    }
  } finally {
    await connector.close!();
  }
  return found;
}

test('a bucket is listed page after page, and its objects read by their keys', async () => {
  answer = (url) => {
    if (!url.searchParams.has('list-type')) return { body: decodeURIComponent(url.pathname) };
    return url.searchParams.get('continuation-token') === 'two'
      ? { body: listing(['wiki/b &amp; c?.md']) }
      : { body: listing(['wiki/a.md', 'wiki/folder/'], 'two') };
  };
  expect(await read()).toEqual({ 'a.md': '/docs/wiki/a.md', 'b & c?.md': '/docs/wiki/b & c?.md' });
});

test('a key that would lead out of the bucket is told and not asked for', async () => {
  answer = (url) =>
    url.searchParams.has('list-type') ? { body: listing(['wiki/../../other/secret.md', 'wiki/a.md']) } : { body: 'A' };
  const found = await read();
  expect(found['../../other/secret.md']).toMatch(/^! its key/);
  expect(found['a.md']).toBe('A');
  expect(asked.filter((url) => url.includes('secret'))).toEqual([]);
});

test('a listing without end, a redirect and a refusal end the sync', async () => {
  answer = () => ({ body: 'x'.repeat(17 << 20) });
  await expect(read()).rejects.toMatchObject({ message: expect.stringContaining('larger than 16 MiB') });
  answer = () => ({ body: '<a>'.repeat(3 << 20) });
  await expect(read()).rejects.toMatchObject({ message: expect.stringContaining('no listing') });
  answer = () => ({ status: 307, body: '', location: 'http://169.254.169.254/' });
  await expect(read()).rejects.toMatchObject({ code: 'data.origin_failed' });
  answer = () => ({ status: 403, body: '<Error><Code>AccessDenied</Code></Error>' });
  await expect(read()).rejects.toMatchObject({ message: expect.stringContaining('403 (AccessDenied)') });
  await expect(read(false)).rejects.toMatchObject({ code: 'data.origin_forbidden' });
});
