import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { OBJECTS, type ObjectStore } from '@llmops/platform/objects';
import { Inject, Injectable } from '@nestjs/common';
import { checksumWrong, offsetWrong, partInvalid, uploadNotFound } from './upload.errors.ts';
import { type UploadPart, UploadRepository, type UploadRow } from './upload.repository.ts';

export const maxPartBytes = 4 << 20;

@Injectable()
export class WriteUpload {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(OBJECTS) private readonly objects: ObjectStore,
    private readonly uploads: UploadRepository,
  ) {}

  /** Takes the part that begins where the last one ended; the last one makes the upload complete. */
  async run(ctx: RequestContext, id: string, offset: number, bytes: Uint8Array): Promise<UploadRow> {
    if (bytes.length === 0) throw partInvalid('is empty');
    if (bytes.length > maxPartBytes) throw partInvalid(`a part holds at most ${maxPartBytes} bytes`);
    const part = { sha256: createHash('sha256').update(bytes).digest('hex'), sizeBytes: bytes.length };
    // Before the row says that it is there; a part that no row tells of is swept.
    await this.objects.put({ projectId: ctx.projectId, kind: 'parts', sha256: part.sha256 }, bytes);
    const row = await this.database.tx(ctx, async (tx) => {
      const upload = await this.uploads.find(tx, ctx.projectId, id, true);
      if (!upload) throw uploadNotFound(id);
      // A crash came between the last part and the whole: sent again, it finishes the work.
      if (isLastAgain(upload, offset, part)) return upload;
      if (upload.receivedBytes !== offset) throw offsetWrong(upload.receivedBytes);
      const receivedBytes = offset + bytes.length;
      if (receivedBytes > upload.sizeBytes) throw partInvalid(`goes beyond the ${upload.sizeBytes} bytes announced`);
      return this.uploads.update(tx, upload, { receivedBytes, parts: [...upload.parts, part] });
    });
    return row.receivedBytes === row.sizeBytes ? this.#complete(ctx, row) : row;
  }

  /** May run twice, after a crash or for a repeated last part: it comes out the same. */
  async #complete(ctx: RequestContext, upload: UploadRow): Promise<UploadRow> {
    const { projectId } = ctx;
    const stored = await this.objects.putStream({ projectId, kind: 'files' }, this.#content(upload));
    const { expectedSha256 } = upload;
    const isRight = expectedSha256 === '' || expectedSha256 === stored.sha256;
    const change = isRight ? { sha256: stored.sha256, parts: [] } : { receivedBytes: 0, parts: [] };
    const row = await this.database.tx(ctx, async (tx) => {
      const now = await this.uploads.find(tx, projectId, upload.id, true);
      if (!now) throw uploadNotFound(upload.id);
      // Another request has completed it meanwhile, or dropped it and begun anew.
      return isDeepStrictEqual(now.parts, upload.parts) ? this.uploads.update(tx, now, change) : now;
    });
    if (!isRight) throw checksumWrong(expectedSha256, stored.sha256);
    return row;
  }

  async *#content({ projectId, parts }: UploadRow): AsyncIterable<Uint8Array> {
    for (const { sha256 } of parts) yield* this.objects.read({ projectId, kind: 'parts', sha256 });
  }
}

function isLastAgain({ parts, receivedBytes, sizeBytes }: UploadRow, offset: number, part: UploadPart): boolean {
  const last = parts.at(-1);
  return receivedBytes === sizeBytes && offset + part.sizeBytes === sizeBytes && last?.sha256 === part.sha256;
}
