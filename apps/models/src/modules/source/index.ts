export { type FetchState, fetchFiles } from './fetch-files.ts';
export type { SourceOptions } from './open-part.ts';
