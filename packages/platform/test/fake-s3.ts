import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface FakeS3 {
  endpoint: string;
  /** By key; put what is not there, or change its time. */
  objects: Map<string, { bytes: Buffer; time: Date }>;
  /** Answers this many requests with 503. */
  failNext(count: number): void;
  stop(): Promise<void>;
}

const pageSize = 3;

/** As much of S3 as the object store asks for; refuses what is not signed, or not what its signature says. */
export async function startFakeS3(bucket: string, accessKeyId: string): Promise<FakeS3> {
  const objects: FakeS3['objects'] = new Map();
  let failures = 0;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await buffer(request);
    const url = new URL(request.url!, 'http://s3');
    const end = (status: number, content: string | Buffer = '', headers = {}) =>
      response.writeHead(status, headers).end(content);
    if (failures > 0) {
      failures -= 1;
      return end(503);
    }
    if (!request.headers.authorization?.startsWith(`AWS4-HMAC-SHA256 Credential=${accessKeyId}/`)) return end(403);
    const signed = request.headers['x-amz-content-sha256'];
    if (request.method === 'PUT' && signed !== createHash('sha256').update(body).digest('hex')) return end(400);
    if (url.searchParams.get('list-type') === '2') return end(200, listing(objects, url.searchParams));
    const key = url.pathname.slice(`/${bucket}/`.length);
    if (request.method === 'PUT') objects.set(key, { bytes: body, time: new Date() });
    if (request.method === 'DELETE') objects.delete(key);
    if (request.method === 'PUT' || request.method === 'DELETE') return end(request.method === 'PUT' ? 200 : 204);
    const object = objects.get(key);
    if (!object) return end(404);
    const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const part = object.bytes.subarray(start);
    const headers = { 'last-modified': object.time.toUTCString(), 'content-length': part.length };
    return end(start > 0 ? 206 : 200, request.method === 'HEAD' ? '' : part, headers);
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    failNext: (count) => {
      failures = count;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listing(objects: FakeS3['objects'], query: URLSearchParams): string {
  const prefix = query.get('prefix')!;
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix)).sort();
  if (query.get('delimiter')) {
    const folders = new Set(keys.map((key) => `${prefix}${key.slice(prefix.length).split('/')[0]}/`));
    return [...folders].map((folder) => `<CommonPrefixes><Prefix>${folder}</Prefix></CommonPrefixes>`).join('');
  }
  const from = Number(query.get('continuation-token') ?? 0);
  const contents = keys.slice(from, from + pageSize).map((key) => {
    const { bytes, time } = objects.get(key)!;
    return `<Contents><Key>${key}</Key><LastModified>${time.toISOString()}</LastModified><Size>${bytes.length}</Size></Contents>`;
  });
  const more = from + pageSize < keys.length ? `<NextContinuationToken>${from + pageSize}</NextContinuationToken>` : '';
  return `<ListBucketResult>${contents.join('\n')}${more}</ListBucketResult>`;
}
