/** Base64 of little-endian float32, as vectors come from inference. */
export function decodeVector(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  const vector = new Float32Array(bytes.length >> 2);
  for (let at = 0; at < vector.length; at++) vector[at] = bytes.readFloatLE(at * 4);
  return vector;
}

export interface Neighbour {
  readonly row: number;
  readonly cosine: number;
}

/** Unit vectors in one block of memory, searched exactly: 50,000 of 384 numbers take 77 MB and some 15 ms a query. */
export class VectorRows {
  #data = new Float32Array();
  #rows = 0;
  #width = 0;

  add(vector: Float32Array): void {
    this.#width ||= vector.length;
    if (vector.length !== this.#width) throw new Error(`vectors of ${this.#width} and ${vector.length} numbers`);
    const end = (this.#rows + 1) * this.#width;
    if (end > this.#data.length) {
      const grown = new Float32Array(Math.max(end, this.#data.length * 2));
      grown.set(this.#data);
      this.#data = grown;
    }
    this.#data.set(vector, this.#rows * this.#width);
    this.#rows++;
  }

  /** The `count` nearest rows of each query. Rows go through the cache once for all queries: give them in blocks. */
  nearest(queries: readonly Float32Array[], count: number): Neighbour[][] {
    const best = queries.map(() => [] as Neighbour[]);
    for (let row = 0; row < this.#rows; row++) {
      for (const [at, query] of queries.entries()) {
        const cosine = this.#dot(row * this.#width, query);
        const list = best[at]!;
        if (list.length === count && cosine <= list.at(-1)!.cosine) continue;
        list.push({ row, cosine });
        list.sort((a, b) => b.cosine - a.cosine);
        if (list.length > count) list.pop();
      }
    }
    return best;
  }

  cosine(row: number, query: Float32Array): number {
    return this.#dot(row * this.#width, query);
  }

  /** Four sums side by side, so that additions do not wait for each other. */
  #dot(from: number, query: Float32Array): number {
    const data = this.#data;
    const width = this.#width;
    let [a, b, c, d] = [0, 0, 0, 0];
    let at = 0;
    for (; at + 3 < width; at += 4) {
      a += data[from + at]! * query[at]!;
      b += data[from + at + 1]! * query[at + 1]!;
      c += data[from + at + 2]! * query[at + 2]!;
      d += data[from + at + 3]! * query[at + 3]!;
    }
    for (; at < width; at++) a += data[from + at]! * query[at]!;
    return a + b + c + d;
  }
}
