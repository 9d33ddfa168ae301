export { type FetchState, fetchFiles } from './fetch-files.ts';
