import type { RequestContext } from '@llmops/platform/context';
import { OBJECTS, type ObjectStore } from '@llmops/platform/objects';
import { Inject, Injectable } from '@nestjs/common';
import { GetUpload } from './get-upload.ts';
import { uploadIncomplete } from './upload.errors.ts';
import type { UploadRow } from './upload.repository.ts';

/** A complete upload and its content. */
export interface UploadedFile {
  upload: UploadRow;
  sha256: string;
  content: AsyncIterable<Uint8Array>;
}

@Injectable()
export class ReadUpload {
  constructor(
    @Inject(OBJECTS) private readonly objects: ObjectStore,
    private readonly get: GetUpload,
  ) {}

  async run(ctx: RequestContext, id: string): Promise<UploadedFile> {
    const upload = await this.get.run(ctx, id);
    const { sha256, receivedBytes, sizeBytes } = upload;
    if (sha256 === null) throw uploadIncomplete(id, receivedBytes, sizeBytes);
    return { upload, sha256, content: this.objects.read({ projectId: ctx.projectId, kind: 'files', sha256 }) };
  }
}
