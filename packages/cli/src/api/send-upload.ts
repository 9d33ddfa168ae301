import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Connection } from './connect.ts';

const partBytes = 4 << 20;
const attempts = 5;

/**
 * Sends a file in parts and returns the upload's id. A part that failed is sent again from where the platform says it
 * stopped.
 */
export async function sendUpload(
  { llmops, project }: Connection,
  path: string,
  onBytes: (sent: number, total: number) => void = () => {},
): Promise<string> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const { id } = await llmops.uploads.createUpload({ project, fileName: basename(path), sizeBytes: BigInt(size) });
    let offset = 0;
    for (let failures = 0; offset < size; ) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(Math.min(partBytes, size - offset)), {
        position: offset,
      });
      const data = buffer.subarray(0, bytesRead);
      try {
        const body = { contentType: 'application/octet-stream', data };
        const upload = await llmops.uploads.writeUpload({ project, upload: id, offset: BigInt(offset), body });
        offset = Number(upload.receivedBytes);
        failures = 0;
      } catch (error) {
        failures += 1;
        if (failures === attempts) throw error;
        offset = Number((await llmops.uploads.getUpload({ project, upload: id })).receivedBytes);
      }
      onBytes(offset, size);
    }
    return id;
  } finally {
    await file.close();
  }
}
