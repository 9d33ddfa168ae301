export { datasets } from '../modules/dataset/dataset.table.ts';
export { datasetTags, datasetVersions } from '../modules/dataset/version.table.ts';
export { uploads } from '../modules/upload/upload.table.ts';
export { dataSchema, inbox, jobs, outbox } from './schema.ts';
