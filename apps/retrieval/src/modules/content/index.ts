export { ContentModule } from './content.module.ts';
export { ContentStore, type StoredContent } from './content-store.ts';
export { DocumentReader } from './document-reader.ts';
export { laneOf } from './lane-of.ts';
export { ParsedStore, parsedKey, type ReadableDocument } from './parsed-store.ts';
