import type { Database } from '@llmops/db';
import { CONFIG, DATABASE, newId } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import type { ServeConfig } from '../../config.ts';
import { uploadTooLarge } from './upload.errors.ts';
import { UploadRepository, type UploadRow } from './upload.repository.ts';

export interface CreateUploadInput {
  fileName: string;
  sizeBytes: number;
  /** Empty when the caller does not know it. */
  sha256: string;
  mediaType: string;
}

const dayMs = 86_400_000;

@Injectable()
export class CreateUpload {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CONFIG) private readonly config: ServeConfig,
    private readonly uploads: UploadRepository,
  ) {}

  run(ctx: RequestContext, { fileName, sizeBytes, sha256, mediaType }: CreateUploadInput): Promise<UploadRow> {
    const maxBytes = this.config.DATA_MAX_UPLOAD_BYTES;
    if (sizeBytes > maxBytes) throw uploadTooLarge(maxBytes);
    return this.database.tx(ctx, (tx) =>
      this.uploads.insert(tx, {
        id: newId('upl'),
        organizationId: ctx.organizationId,
        projectId: ctx.projectId,
        // A name, not a path: what is below it comes from archives and folders.
        fileName: fileName.split(/[\\/]/).at(-1)!,
        mediaType,
        sizeBytes,
        expectedSha256: sha256,
        createdBy: ctx.actor,
        expireTime: new Date(Date.now() + this.config.DATA_UPLOAD_DAYS * dayMs),
      }),
    );
  }
}
