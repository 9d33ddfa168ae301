import { firstAtLeast } from '../segment/segment.ts';

/** Documents of one segment that a filter lets through. */
export interface AllowedDocuments {
  /** Ascending. */
  readonly documents: readonly number[];
  readonly isAllowed: (document: number) => boolean;
  /** The next allowed document from here, or the number of documents. */
  readonly next: (document: number) => number;
}

/** Both ascending. Returns undefined if no document of the segment is allowed. */
export function allowedDocuments(allowed: ArrayLike<number>, ordinals: Float64Array): AllowedDocuments | undefined {
  const documents: number[] = [];
  if (ordinals.length === 0) return undefined;
  let at = firstAtLeast(allowed, ordinals[0]!);
  const end = firstAtLeast(allowed, ordinals.at(-1)! + 1, at);
  if (end - at < ordinals.length / 16) {
    let document = 0;
    for (; at < end; at += 1) {
      document = firstAtLeast(ordinals, allowed[at]!, document);
      if (ordinals[document] === allowed[at] && documents.at(-1) !== document) documents.push(document);
    }
  } else {
    for (let document = 0; document < ordinals.length && at < end; document += 1) {
      while (at < end && allowed[at]! < ordinals[document]!) at += 1;
      if (at < end && allowed[at] === ordinals[document]) documents.push(document);
    }
  }
  if (documents.length === 0) return undefined;
  const flags = new Uint8Array(ordinals.length);
  for (const document of documents) flags[document] = 1;
  return {
    documents,
    isAllowed: (document) => flags[document] === 1,
    next: (document) => documents[firstAtLeast(documents, document)] ?? ordinals.length,
  };
}
