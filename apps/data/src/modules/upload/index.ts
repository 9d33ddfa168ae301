export { ReadUpload } from './read-upload.ts';
export { UploadModule } from './upload.module.ts';
export { UploadRepository } from './upload.repository.ts';
