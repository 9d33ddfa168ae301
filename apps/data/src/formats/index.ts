export { checkRow } from './check-row.ts';
export { type DetectedFormat, detectFormat } from './detect-format.ts';
export { fileInvalid, RowError, type RowPlace, rowInvalid } from './format.errors.ts';
export { parseJson } from './parse-json.ts';
export { readRows } from './read-rows.ts';
export { type FileFormat, type JsonRow, type LocalFile, limits, type ReadOptions } from './row.ts';
