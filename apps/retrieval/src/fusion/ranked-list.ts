/** Chunks go by ordinal in the lexical arm and by id elsewhere; one fusion takes one or the other. */
export type ItemId = string | number;

export interface RankedItem<Id extends ItemId> {
  readonly id: Id;
  /** Higher is better. */
  readonly score: number;
}

/** What one arm found, best first. An id that comes again further down counts where it came first. */
export interface RankedList<Id extends ItemId> {
  /** Names the arm in what comes out: `lexical`, `dense`. */
  readonly arm: string;
  readonly items: readonly RankedItem<Id>[];
}

export interface ArmResult {
  /** From 1. */
  readonly rank: number;
  /** As the arm gave it. */
  readonly score: number;
}

export interface FusedItem<Id extends ItemId> {
  readonly id: Id;
  readonly score: number;
  /** Only the arms that found it. */
  readonly arms: Readonly<Record<string, ArmResult>>;
}

/**
 * - `invalid_score`: a score is not a finite number
 * - `invalid_option`: a parameter is out of its range, or two lists are of one arm
 * - `invalid_vector`: vectors are not of one length, or hold something that is no finite number
 */
export type FusionErrorCode = 'invalid_score' | 'invalid_option' | 'invalid_vector';

/** Lists that cannot be fused; the message names the arm, the item or the option. */
export class FusionError extends Error {
  override readonly name = 'FusionError';
  readonly code: FusionErrorCode;

  constructor(code: FusionErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** The weight of an arm, 1 unless told. */
export function weightOf(arm: string, weights: Readonly<Record<string, number>>): number {
  const weight = Object.hasOwn(weights, arm) ? weights[arm]! : 1;
  if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
    throw new FusionError('invalid_option', `the weight of ${arm} ${weight} is not a number from 0`);
  }
  return weight;
}
