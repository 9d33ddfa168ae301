import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { uploadNotFound } from './upload.errors.ts';
import { UploadRepository } from './upload.repository.ts';

@Injectable()
export class DeleteUpload {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly uploads: UploadRepository,
  ) {}

  async run(ctx: RequestContext, id: string): Promise<void> {
    const row = await this.database.tx(ctx, (tx) => this.uploads.delete(tx, ctx.projectId, id));
    if (!row) throw uploadNotFound(id);
  }
}
