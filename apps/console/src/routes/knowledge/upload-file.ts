import { llmops } from '../../api/llmops.ts';
import { sendUpload } from '../../api/send-upload.ts';

export interface UploadTarget {
  project: string;
  knowledgeBase: string;
}

interface Sending {
  signal: AbortSignal;
  onProgress: (sentBytes: number) => void;
}

/** Larger files go in parts, so that a broken connection loses at most one. */
const wholeFileBytes = 4 << 20;

/** Brings one file in as a document of its name. Throws ApiError. */
export async function uploadFile(target: UploadTarget, file: File, sending: Sending): Promise<void> {
  const { signal } = sending;
  if (file.size <= wholeFileBytes) {
    const data = new Uint8Array(await file.arrayBuffer());
    const body = { contentType: file.type || 'application/octet-stream', data };
    await llmops.documents.uploadDocument({ ...target, displayName: file.name, body }, { signal });
    return;
  }
  const upload = await sendUpload(target.project, file, sending);
  const content = { case: 'upload' as const, value: upload };
  const document = { displayName: file.name, mediaType: file.type, content };
  await llmops.documents.createDocument({ ...target, document }, { signal });
}
