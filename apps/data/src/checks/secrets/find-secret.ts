import { RE2JS } from 're2js';
import { type SecretRule, secretRules } from './secret-rules.ts';

export interface SecretFound {
  /** `github-pat` */
  readonly rule: string;
  readonly value: string;
}

interface Compiled {
  readonly pattern: RE2JS;
  readonly allowedSecrets: readonly RE2JS[];
  readonly allowedMatches: readonly RE2JS[];
}

const compiled = new Map<string, Compiled>();
let allowedEverywhere: readonly RE2JS[] | undefined;
let keywords: KeywordIndex | undefined;

/** The first secret in a text by the rules of gitleaks. Linear in the text: the patterns are run by RE2. */
export function findSecret(text: string): SecretFound | undefined {
  keywords ??= new KeywordIndex(secretRules.rules);
  for (const rule of keywords.rulesFor(text.toLowerCase())) {
    const value = firstMatch(text, rule);
    if (value !== undefined) return { rule: rule.id, value };
  }
  return undefined;
}

/** Which rules a text may have a secret of: those with a keyword in it, found in one pass for all keywords. */
class KeywordIndex {
  readonly #anywhere: RegExp;
  /** A keyword and those it begins with: the pass tells the longest. */
  readonly #rules = new Map<string, Set<SecretRule>>();
  /** Rules of one service first: `generic-api-key` would name the others' too. */
  readonly #rank: ReadonlyMap<SecretRule, number>;

  constructor(rules: readonly SecretRule[]) {
    const words = [...new Set(rules.flatMap((rule) => rule.keywords))].sort((a, b) => b.length - a.length);
    const escaped = words.map((word) => word.replace(/[^\p{L}\p{N}]/gu, '\\$&'));
    this.#anywhere = new RegExp(`(?=(${escaped.join('|')}))`, 'g');
    for (const word of words) {
      this.#rules.set(word, new Set(rules.filter((rule) => rule.keywords.some((each) => word.startsWith(each)))));
    }
    const ordered = rules.toSorted((a, b) => a.keywords.length - b.keywords.length);
    this.#rank = new Map(ordered.map((rule, rank) => [rule, rank]));
  }

  rulesFor(lower: string): SecretRule[] {
    const words = new Set<string>();
    for (const match of lower.matchAll(this.#anywhere)) words.add(match[1]!);
    const rules = new Set([...words].flatMap((word) => [...this.#rules.get(word)!]));
    return [...rules].sort((a, b) => this.#rank.get(a)! - this.#rank.get(b)!);
  }
}

function firstMatch(text: string, rule: SecretRule): string | undefined {
  const { pattern, allowedSecrets, allowedMatches } = compile(rule);
  const matcher = pattern.matcher(text);
  while (matcher.find()) {
    const match = matcher.group(0) ?? '';
    const secret = secretOf(matcher, rule) ?? match;
    const lower = secret.toLowerCase();
    const allowed =
      entropy(secret) < (rule.entropy ?? 0) ||
      (rule.stopWords ?? []).some((word) => lower.includes(word)) ||
      secretRules.stopWords.some((word) => lower.includes(word)) ||
      allowedSecrets.some((each) => each.test(secret)) ||
      allowedMatches.some((each) => each.test(match));
    if (!allowed) return secret;
  }
  return undefined;
}

/** Of the group the rule names, or the first that holds something. */
function secretOf(matcher: ReturnType<RE2JS['matcher']>, rule: SecretRule): string | undefined {
  if (rule.group !== undefined) return matcher.group(rule.group) ?? undefined;
  for (let group = 1; group <= matcher.groupCount(); group++) {
    const text = matcher.group(group);
    if (text) return text;
  }
  return undefined;
}

function compile(rule: SecretRule): Compiled {
  const known = compiled.get(rule.id);
  if (known) return known;
  const all = (patterns: readonly string[] = []) => patterns.map((pattern) => RE2JS.compile(pattern));
  allowedEverywhere ??= all(secretRules.allowedSecrets);
  const made = {
    pattern: RE2JS.compile(rule.pattern),
    allowedSecrets: [...allowedEverywhere, ...all(rule.allowedSecrets)],
    allowedMatches: all(rule.allowedMatches),
  };
  compiled.set(rule.id, made);
  return made;
}

/** Shannon's, in bits a character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
