export interface ChunkerOptions {
  minBytes: number;
  /** Beyond the minimum, chunks end after this many bytes on average. */
  targetBytes: number;
  maxBytes: number;
}

export const chunkSizes: ChunkerOptions = { minBytes: 32 << 10, targetBytes: 96 << 10, maxBytes: 1 << 20 };

const range = 2n ** 64n;

/**
 * Decides where chunks of rows end, by the rows' own hashes: an insertion or an edit moves the ends around it and no
 * others, so a new version shares all other chunks with the old one. The chance to end grows with a row's bytes, which
 * gives chunks of one size whatever the rows' is.
 */
export class Chunker {
  #bytes = 0;

  constructor(private readonly sizes: ChunkerOptions = chunkSizes) {}

  /** Whether the chunk ends after this row. */
  add(hash: bigint, bytes: number): boolean {
    const { minBytes, targetBytes, maxBytes } = this.sizes;
    this.#bytes += bytes;
    const share = Math.min(1, bytes / targetBytes);
    const ends = this.#bytes >= minBytes && hash < BigInt(Math.floor(share * 2 ** 53)) * (range >> 53n);
    if (!ends && this.#bytes < maxBytes) return false;
    this.#bytes = 0;
    return true;
  }
}
