export { artifacts } from '../modules/artifact/artifact.table.ts';
export { providers } from '../modules/provider/provider.table.ts';
export { jobs, modelsSchema, outbox } from './schema.ts';
