import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '@llmops/sdk';
import type { Connection } from './connect.ts';

const partBytes = 4 << 20;
// Failures in a row, with pauses of together half a minute: a platform that restarts is waited for.
const attempts = 7;

/**
 * Sends a file in parts and returns the upload's id. A part that failed is sent again from where the platform says it
 * stopped.
 */
export async function sendUpload(
  connection: Connection,
  path: string,
  onBytes: (sent: number, total: number) => void = () => {},
  firstPauseMs = 500,
): Promise<string> {
  const file = await open(path);
  try {
    return await sendParts(connection, path, file, onBytes, firstPauseMs);
  } finally {
    await file.close();
  }
}

async function sendParts(
  { llmops, project }: Connection,
  path: string,
  file: FileHandle,
  onBytes: (sent: number, total: number) => void,
  firstPauseMs: number,
): Promise<string> {
  const { size } = await file.stat();
  const { id } = await llmops.uploads.createUpload({ project, fileName: basename(path), sizeBytes: BigInt(size) });
  for (let offset = 0, failures = 0; ; ) {
    try {
      if (failures > 0) {
        const { complete, receivedBytes } = await llmops.uploads.getUpload({ project, upload: id });
        if (complete) return id;
        // All is there but not yet one file: the last part, sent again, makes it one.
        if (receivedBytes < size) offset = Number(receivedBytes);
      }
      const body = { contentType: 'application/octet-stream', data: await partAt(file, offset, size) };
      const upload = await llmops.uploads.writeUpload({ project, upload: id, offset: BigInt(offset), body });
      failures = 0;
      onBytes(Number(upload.receivedBytes), size);
      if (upload.complete) return id;
      offset = Number(upload.receivedBytes);
    } catch (error) {
      failures += 1;
      if (failures === attempts || !mayPass(error)) throw error;
      await sleep(firstPauseMs * 2 ** (failures - 1));
    }
  }
}

async function partAt(file: FileHandle, position: number, size: number): Promise<Uint8Array> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(Math.min(partBytes, size - position)), { position });
  return buffer.subarray(0, bytesRead);
}

/** No answer, a platform that is busy or fails, or a part that had arrived although nobody said so. */
const mayPass = (error: unknown): boolean =>
  error instanceof ApiError && ([0, 409, 429].includes(error.status) || error.status >= 500);
