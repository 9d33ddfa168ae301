import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import {
  type CreateUploadRequest,
  type DeleteUploadRequest,
  type GetUploadRequest,
  type ReadUploadRequest,
  UploadService,
  type WriteUploadRequest,
} from '@llmops/contracts/data/v1/source';
import type { RequestContext } from '@llmops/platform/context';
import { GrpcService, type Handlers } from '@llmops/platform/grpc';
import { CreateUpload } from './create-upload.ts';
import { DeleteUpload } from './delete-upload.ts';
import { GetUpload } from './get-upload.ts';
import { ReadUpload } from './read-upload.ts';
import type { UploadRow } from './upload.repository.ts';
import { WriteUpload } from './write-upload.ts';

@GrpcService(UploadService)
export class UploadGrpc implements Handlers<typeof UploadService> {
  constructor(
    private readonly create: CreateUpload,
    private readonly get: GetUpload,
    private readonly write: WriteUpload,
    private readonly remove: DeleteUpload,
    private readonly read: ReadUpload,
  ) {}

  async createUpload(request: CreateUploadRequest, ctx: RequestContext) {
    const { fileName, sizeBytes, sha256, mediaType } = request;
    return toUpload(await this.create.run(ctx, { fileName, sizeBytes: Number(sizeBytes), sha256, mediaType }));
  }

  async getUpload({ upload }: GetUploadRequest, ctx: RequestContext) {
    return toUpload(await this.get.run(ctx, upload));
  }

  async writeUpload({ upload, offset, body }: WriteUploadRequest, ctx: RequestContext) {
    return toUpload(await this.write.run(ctx, upload, Number(offset), body!.data));
  }

  async deleteUpload({ upload }: DeleteUploadRequest, ctx: RequestContext) {
    await this.remove.run(ctx, upload);
    return {};
  }

  async *readUpload(request: ReadUploadRequest, ctx: RequestContext) {
    const { upload, content } = await this.read.run(ctx, request.upload);
    // The first message tells the type, also of an empty file.
    yield { contentType: upload.mediaType, data: new Uint8Array() };
    for await (const data of content) yield { contentType: '', data };
  }
}

const toUpload = (row: UploadRow) => ({
  id: row.id,
  fileName: row.fileName,
  sizeBytes: BigInt(row.sizeBytes),
  receivedBytes: BigInt(row.receivedBytes),
  complete: row.sha256 !== null,
  sha256: row.sha256 ?? '',
  mediaType: row.mediaType,
  expireTime: timestampFromDate(row.expireTime),
});
