export interface FoundDocument {
  readonly ordinal: number;
  readonly score: number;
  /** Which segment of the search, and which document of it. */
  readonly segment: number;
  readonly document: number;
}

/** The best k: by score, and by ordinal upwards where scores are equal, whatever order they come in. */
export class TopDocuments {
  /** A score below this cannot enter; one equal to it still can, by its ordinal. */
  threshold = Number.NEGATIVE_INFINITY;
  readonly #k: number;
  /** A heap with the worst on top. */
  readonly #heap: FoundDocument[] = [];

  constructor(k: number) {
    this.#k = k;
  }

  /** Whether it would be kept; asked before a filter that costs something. */
  wouldKeep(score: number, ordinal: number): boolean {
    if (this.#heap.length < this.#k) return true;
    const worst = this.#heap[0]!;
    return score > worst.score || (score === worst.score && ordinal < worst.ordinal);
  }

  add(found: FoundDocument): void {
    const heap = this.#heap;
    if (heap.length < this.#k) {
      heap.push(found);
      this.#up(heap.length - 1);
    } else {
      heap[0] = found;
      this.#down();
    }
    if (heap.length === this.#k) this.threshold = heap[0]!.score;
  }

  /** Best first. */
  ranked(): FoundDocument[] {
    return [...this.#heap].sort((one, other) => (isWorse(one, other) ? 1 : -1));
  }

  #up(from: number): void {
    const heap = this.#heap;
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isWorse(heap[index]!, heap[parent]!)) return;
      [heap[index], heap[parent]] = [heap[parent]!, heap[index]!];
      index = parent;
    }
  }

  #down(): void {
    const heap = this.#heap;
    let index = 0;
    for (;;) {
      let worst = index;
      for (let child = 2 * index + 1; child <= 2 * index + 2 && child < heap.length; child += 1) {
        if (isWorse(heap[child]!, heap[worst]!)) worst = child;
      }
      if (worst === index) return;
      [heap[index], heap[worst]] = [heap[worst]!, heap[index]!];
      index = worst;
    }
  }
}

const isWorse = (one: FoundDocument, other: FoundDocument): boolean =>
  one.score < other.score || (one.score === other.score && one.ordinal > other.ordinal);
