import { shown } from '../checks/index.ts';
import { FirstSeen, hashText } from '../duplicates/index.ts';
import { judgePair } from './judge-pair.ts';
import { leakWords } from './leak-words.ts';
import { LexicalIndex } from './lexical-index.ts';
import { decodeVector, type Neighbour, VectorRows } from './vectors.ts';

export interface LeakSearchInput {
  /** Leaks that are told one by one. */
  readonly mostLeaks: number;
}

/** A row; all protected ones come first. */
export interface LeakItem {
  readonly side: 'protected' | 'candidate';
  readonly id: string;
  readonly text: string;
  /** Base64 of its embedding; all rows have one, or none has. */
  readonly vector?: string;
}

export type LeakKind = 'exact' | 'near' | 'embedding';

export interface LeakFound {
  readonly protectedRowId: string;
  readonly candidateRowId: string;
  readonly kind: LeakKind;
  readonly similarity: number;
  readonly protectedText: string;
  readonly candidateText: string;
}

export interface LeakSearchResult {
  /** Protected rows by the surest way they were found. */
  readonly exact: number;
  readonly near: number;
  readonly embeddingNear: number;
  readonly protectedRows: number;
  readonly candidateRows: number;
  /** The surest first. */
  readonly leaks: readonly LeakFound[];
}

const rank: Readonly<Record<LeakKind, number>> = { exact: 3, near: 2, embedding: 1 };
const shownLength = 300;
const blockSize = 32;
const lexicalCandidates = 8;
const neighbours = 3;
/** Of the text: a longer one holds most 4-grams of the language, and is looked through in pieces. */
const windowLength = 1_500;

interface Protected {
  readonly id: string;
  readonly shown: string;
  readonly length: number;
}

interface Waiting {
  readonly item: LeakItem;
  readonly vector: Float32Array | undefined;
}

/** Finds rows of one table in another: word for word, nearly, and in meaning where rows have embeddings. */
export class LeakSearch {
  readonly #protected: Protected[] = [];
  readonly #exact = new FirstSeen();
  readonly #lexical = new LexicalIndex();
  readonly #vectors = new VectorRows();
  /** The rank of the surest leak of each protected row. */
  readonly #found: number[] = [];
  readonly #leaks: LeakFound[] = [];
  readonly #mostLeaks: number;
  #waiting: Waiting[] = [];
  #candidates = 0;

  constructor({ mostLeaks }: LeakSearchInput) {
    this.#mostLeaks = mostLeaks;
  }

  take(item: LeakItem): void {
    const vector = item.vector === undefined ? undefined : decodeVector(item.vector);
    if (item.side === 'protected') {
      this.#protect(item, vector);
      return;
    }
    this.#candidates++;
    this.#waiting.push({ item, vector });
    if (this.#waiting.length === blockSize) this.#lookAtWaiting();
  }

  end(): LeakSearchResult {
    this.#lookAtWaiting();
    const count = (kind: LeakKind) => this.#found.filter((each) => each === rank[kind]).length;
    return {
      exact: count('exact'),
      near: count('near'),
      embeddingNear: count('embedding'),
      protectedRows: this.#protected.length,
      candidateRows: this.#candidates,
      leaks: this.#leaks.sort(bySureness).slice(0, this.#mostLeaks),
    };
  }

  #protect({ id, text }: LeakItem, vector: Float32Array | undefined): void {
    this.#exact.add(hashText(wordsAsText(text)), this.#protected.length);
    this.#lexical.add(text);
    if (vector) this.#vectors.add(vector);
    this.#protected.push({ id, shown: cut(text), length: text.length });
    this.#found.push(0);
  }

  #lookAtWaiting(): void {
    const vectors = this.#waiting.flatMap(({ vector }) => vector ?? []);
    const nearest = vectors.length === 0 ? [] : this.#vectors.nearest(vectors, neighbours);
    for (const [at, { item, vector }] of this.#waiting.entries()) this.#lookAt(item, vector, nearest[at] ?? []);
    this.#waiting = [];
  }

  #lookAt(item: LeakItem, vector: Float32Array | undefined, nearest: readonly Neighbour[]): void {
    const text = wordsAsText(item.text);
    if (text === '') return;
    const same = this.#exact.get(hashText(text));
    if (same >= 0) {
      this.#add(item, same, 'exact', 1);
      return;
    }
    let best: { row: number; kind: LeakKind; similarity: number } | undefined;
    for (const match of this.#matches(
      item.text,
      nearest.map(({ row }) => row),
    )) {
      const verdict = judgePair(match, vector && this.#vectors.cosine(match.row, vector));
      if (!verdict) continue;
      // Each protected row that is found counts; a row of the other side is told once, with the surest.
      this.#found[match.row] = Math.max(this.#found[match.row]!, rank[verdict.kind]);
      const surer = !best || rank[verdict.kind] > rank[best.kind];
      if (surer || (verdict.kind === best!.kind && verdict.similarity > best!.similarity)) {
        best = { row: match.row, ...verdict };
      }
    }
    if (best) this.#add(item, best.row, best.kind, best.similarity);
  }

  /** Of the whole text with protected ones of its size, and of its pieces with all. */
  #matches(text: string, nearest: readonly number[]) {
    if (text.length <= windowLength) return this.#lexical.search(text, lexicalCandidates, nearest);
    const whole = this.#lexical
      .search(text, lexicalCandidates, nearest)
      .filter(({ row }) => this.#protected[row]!.length * 3 >= text.length);
    for (let from = 0; from < text.length; from += windowLength / 2) {
      whole.push(...this.#lexical.search(text.slice(from, from + windowLength), lexicalCandidates));
    }
    return whole;
  }

  #add(item: LeakItem, row: number, kind: LeakKind, similarity: number): void {
    this.#found[row] = Math.max(this.#found[row]!, rank[kind]);
    const protectedRow = this.#protected[row]!;
    this.#leaks.push({
      protectedRowId: protectedRow.id,
      candidateRowId: item.id,
      kind,
      similarity,
      protectedText: protectedRow.shown,
      candidateText: cut(item.text),
    });
    if (this.#leaks.length < this.#mostLeaks * 2) return;
    this.#leaks.sort(bySureness);
    this.#leaks.length = this.#mostLeaks;
  }
}

const bySureness = (a: LeakFound, b: LeakFound): number => rank[b.kind] - rank[a.kind] || b.similarity - a.similarity;
const wordsAsText = (text: string): string => leakWords(text).join(' ');
const cut = (text: string): string => shown(text, shownLength);
