import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLlmops } from '@llmops/sdk';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sendUpload } from './send-upload.ts';

const bytes = Buffer.alloc(9 << 20, 'llmops');
let folder: string;
let server: Server;
let baseUrl: string;
let stored: Buffer;
let complete: boolean;
/** What goes wrong at the requests to come, in their order. */
let trouble: ('none' | 'away' | 'answer lost' | 'never whole' | 'forbidden')[];

const upload = () => ({ id: 'upl_1', sizeBytes: bytes.length, receivedBytes: stored.length, complete });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'llmops-upload-'));
  await writeFile(join(folder, 'file.bin'), bytes);
  server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const now = request.method === 'POST' ? 'none' : (trouble.shift() ?? 'none');
    if (now === 'away') return response.writeHead(503).end();
    if (now === 'forbidden') return response.writeHead(403).end();
    if (request.method === 'PUT') {
      const offset = Number(request.url!.split('/').at(-1));
      const part = Buffer.concat(pieces);
      const isLastAgain = stored.length === bytes.length && offset + part.length === bytes.length;
      if (offset !== stored.length && !isLastAgain) return response.writeHead(409).end();
      if (!isLastAgain) stored = Buffer.concat([stored, part]);
      complete = stored.length === bytes.length && now !== 'never whole';
      if (now === 'answer lost' || now === 'never whole') return response.destroy();
    }
    return response.setHeader('content-type', 'application/json').end(JSON.stringify(upload()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  stored = Buffer.alloc(0);
  complete = false;
});

const sendIt = () => {
  const connection = { llmops: createLlmops({ baseUrl, apiKey: 'key' }), project: 'prj_1', baseUrl, apiKey: 'key' };
  return sendUpload(connection, join(folder, 'file.bin'), undefined, 1);
};

test.each([
  [['none', 'away', 'away', 'away', 'none']],
  [['answer lost', 'none']],
  [['none', 'none', 'answer lost']],
  [['none', 'none', 'never whole']],
] as (typeof trouble)[][])('the file arrives whole and once in spite of %j', async (given) => {
  trouble = [...given];
  expect(await sendIt()).toBe('upl_1');
  expect(complete).toBe(true);
  expect(stored.equals(bytes)).toBe(true);
});

test('what will not pass is told at once', async () => {
  trouble = ['forbidden'];
  await expect(sendIt()).rejects.toMatchObject({ status: 403 });
  trouble = Array(50).fill('away');
  await expect(sendIt()).rejects.toMatchObject({ status: 503 });
});
