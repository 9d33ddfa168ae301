export { DeleteDocument } from './delete-document.ts';
export { DocumentModule } from './document.module.ts';
export { DocumentRepository } from './document.repository.ts';
export { type DocumentInput, PutDocuments } from './put-documents.ts';
