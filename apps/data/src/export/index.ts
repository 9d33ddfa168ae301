export { contentTypes, exportRows } from './export-rows.ts';
