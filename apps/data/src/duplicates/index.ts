export { FirstSeen } from './first-seen.ts';
export { NearIndex } from './near-index.ts';
export { hashRow, hashText, type RowHash } from './row-hash.ts';
export { hashWord, shinglesOf, wordsOf } from './shingles.ts';
