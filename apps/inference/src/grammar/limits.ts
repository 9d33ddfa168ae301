/** Bounds on what one request may make the compiler do. */
export interface GrammarLimits {
  readonly maxSchemaBytes: number;
  readonly maxSchemaDepth: number;
  readonly maxRules: number;
  readonly maxGrammarChars: number;
  /** Alternatives of one value after `anyOf`, `oneOf` and `allOf` are multiplied out. */
  readonly maxAlternatives: number;
}

export const DEFAULT_LIMITS: GrammarLimits = {
  maxSchemaBytes: 256 * 1024,
  maxSchemaDepth: 64,
  maxRules: 5000,
  maxGrammarChars: 1024 * 1024,
  maxAlternatives: 256,
};
