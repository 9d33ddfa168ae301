import { createHash } from 'node:crypto';

const lanes = 1024;

/** The hash of a set without documents. */
export const emptyDocumentSet = (): Buffer => Buffer.alloc(lanes * 2);

/**
 * The hash of a set of documents that some were added to and some taken from: LtHash (Bellare and Micciancio 1997, with
 * the 1024 lanes of 16 bits of Lewi et al. 2019). Equal sets have equal hashes in whatever order they came about, and as
 * with sha256 nobody finds two sets with the same one; so an index's digest is right at every revision without a pass
 * over all its documents.
 */
export function changeDocumentSet(set: Buffer, added: readonly string[], removed: readonly string[]): Buffer {
  const sum = new Uint16Array(lanes);
  for (let i = 0; i < lanes; i += 1) sum[i] = set.readUInt16LE(i * 2);
  for (const document of added) addLanes(sum, document, 1);
  for (const document of removed) addLanes(sum, document, -1);
  const result = Buffer.allocUnsafe(lanes * 2);
  for (let i = 0; i < lanes; i += 1) result.writeUInt16LE(sum[i]!, i * 2);
  return result;
}

function addLanes(sum: Uint16Array, document: string, sign: 1 | -1): void {
  const hash = createHash('shake256', { outputLength: lanes * 2 })
    .update(document)
    .digest();
  // The array wraps at 2^16.
  for (let i = 0; i < lanes; i += 1) sum[i]! += sign * hash.readUInt16LE(i * 2);
}
