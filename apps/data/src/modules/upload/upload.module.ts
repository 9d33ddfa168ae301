import { Module } from '@nestjs/common';
import { CreateUpload } from './create-upload.ts';
import { DeleteUpload } from './delete-upload.ts';
import { GetUpload } from './get-upload.ts';
import { ReadUpload } from './read-upload.ts';
import { UploadGrpc } from './upload.grpc.ts';
import { UploadRepository } from './upload.repository.ts';
import { WriteUpload } from './write-upload.ts';

@Module({
  controllers: [UploadGrpc],
  providers: [UploadRepository, CreateUpload, GetUpload, WriteUpload, DeleteUpload, ReadUpload],
  exports: [UploadRepository, ReadUpload],
})
export class UploadModule {}
