import { ApiError } from '@llmops/sdk';
import { llmops } from './llmops.ts';

interface Sending {
  signal: AbortSignal;
  onProgress: (sentBytes: number) => void;
}

const partBytes = 2 << 20;
const mostTries = 5;

/** Brings a file in, in parts; a break of the connection is gone over. The upload's id. Throws ApiError. */
export async function sendUpload(project: string, file: File, { signal, onProgress }: Sending): Promise<string> {
  const { id: upload } = await llmops.uploads.createUpload(
    { project, fileName: file.name, sizeBytes: BigInt(file.size), mediaType: file.type },
    { signal },
  );
  let received = 0;
  let tries = 0;
  while (received < file.size) {
    try {
      const part = file.slice(received, received + partBytes);
      const body = { contentType: 'application/octet-stream', data: new Uint8Array(await part.arrayBuffer()) };
      const answer = await llmops.uploads.writeUpload({ project, upload, offset: BigInt(received), body }, { signal });
      received = Number(answer.receivedBytes);
      tries = 0;
    } catch (error) {
      if (!mayPass(error) || ++tries >= mostTries || signal.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** tries));
      received = await receivedOf(project, upload, signal).catch(() => received);
    }
    onProgress(received);
  }
  return upload;
}

const receivedOf = async (project: string, upload: string, signal: AbortSignal): Promise<number> =>
  Number((await llmops.uploads.getUpload({ project, upload }, { signal })).receivedBytes);

const mayPass = (error: unknown): boolean => error instanceof ApiError && (error.status === 0 || error.status >= 500);
