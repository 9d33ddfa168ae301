import { ApiError } from '@llmops/sdk';
import { llmops } from '../../api/llmops.ts';
import { nextPart, wholeFileBytes } from './upload-parts.ts';

export interface UploadTarget {
  project: string;
  knowledgeBase: string;
}

interface Sending {
  signal: AbortSignal;
  onProgress: (sentBytes: number) => void;
}

const mostTries = 5;

/** Brings one file in as a document of its name. Throws ApiError; a break of the connection is gone over. */
export async function uploadFile(target: UploadTarget, file: File, sending: Sending): Promise<void> {
  if (file.size <= wholeFileBytes) return uploadWhole(target, file, sending);
  const { project } = target;
  const { signal } = sending;
  const created = await llmops.uploads.createUpload(
    { project, fileName: file.name, sizeBytes: BigInt(file.size), mediaType: file.type },
    { signal },
  );
  await sendParts(project, created.id, file, sending);
  await llmops.documents.createDocument(
    {
      ...target,
      document: { displayName: file.name, mediaType: file.type, content: { case: 'upload', value: created.id } },
    },
    { signal },
  );
}

async function uploadWhole(target: UploadTarget, file: File, { signal, onProgress }: Sending): Promise<void> {
  const body = { contentType: file.type || 'application/octet-stream', data: await bytesOf(file) };
  await llmops.documents.uploadDocument({ ...target, displayName: file.name, body }, { signal });
  onProgress(file.size);
}

async function sendParts(project: string, upload: string, file: File, { signal, onProgress }: Sending): Promise<void> {
  let received = 0;
  let tries = 0;
  for (let part = nextPart(file.size, 0); part; part = nextPart(file.size, received)) {
    try {
      const body = { contentType: 'application/octet-stream', data: await bytesOf(file.slice(part.start, part.end)) };
      const request = { project, upload, offset: BigInt(part.start), body };
      received = Number((await llmops.uploads.writeUpload(request, { signal })).receivedBytes);
      tries = 0;
    } catch (error) {
      if (!mayPass(error) || ++tries >= mostTries || signal.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** tries));
      received = await receivedOf(project, upload, signal).catch(() => part.start);
    }
    onProgress(received);
  }
}

const receivedOf = async (project: string, upload: string, signal: AbortSignal): Promise<number> =>
  Number((await llmops.uploads.getUpload({ project, upload }, { signal })).receivedBytes);

const bytesOf = async (blob: Blob): Promise<Uint8Array> => new Uint8Array(await blob.arrayBuffer());

const mayPass = (error: unknown): boolean => error instanceof ApiError && (error.status === 0 || error.status >= 500);
