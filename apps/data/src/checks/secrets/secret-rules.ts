import rules from './secret-rules.json' with { type: 'json' };

export interface SecretRule {
  readonly id: string;
  /** RE2 syntax. */
  readonly pattern: string;
  /** Lower case; the pattern is tried on texts that hold one. */
  readonly keywords: readonly string[];
  /** Least bits a character. */
  readonly entropy?: number;
  readonly group?: number;
  readonly allowedSecrets?: readonly string[];
  readonly allowedMatches?: readonly string[];
  /** Texts in a secret that show it is none. */
  readonly stopWords?: readonly string[];
}

/** Those of gitleaks, see SOURCE.md. */
export const secretRules: {
  readonly allowedSecrets: readonly string[];
  readonly stopWords: readonly string[];
  readonly rules: readonly SecretRule[];
} = rules;
