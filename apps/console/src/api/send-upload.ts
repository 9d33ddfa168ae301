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
  for (let offset = 0, tries = 0; ; ) {
    try {
      if (tries > 0) {
        const { complete, receivedBytes } = await llmops.uploads.getUpload({ project, upload }, { signal });
        if (complete) return upload;
        // All is there but not yet one file: the last part, sent again, makes it one.
        if (receivedBytes < file.size) offset = Number(receivedBytes);
      }
      const part = file.slice(offset, offset + partBytes);
      const body = { contentType: 'application/octet-stream', data: new Uint8Array(await part.arrayBuffer()) };
      const answer = await llmops.uploads.writeUpload({ project, upload, offset: BigInt(offset), body }, { signal });
      tries = 0;
      offset = Number(answer.receivedBytes);
      onProgress(offset);
      if (answer.complete) return upload;
    } catch (error) {
      if (!mayPass(error) || ++tries >= mostTries || signal.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** tries));
    }
  }
}

/** No answer, a platform that is busy or fails, or a part that had arrived although nobody said so. */
const mayPass = (error: unknown): boolean =>
  error instanceof ApiError && ([0, 409, 429].includes(error.status) || error.status >= 500);
