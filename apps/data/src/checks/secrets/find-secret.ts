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
let keywords: { word: string; rules: SecretRule[] }[] | undefined;

/** The first secret in a text by the rules of gitleaks. Linear in the text: the patterns are run by RE2. */
export function findSecret(text: string): SecretFound | undefined {
  const lower = text.toLowerCase();
  keywords ??= byKeyword();
  const tried = new Set<SecretRule>();
  for (const { word, rules } of keywords) {
    if (!lower.includes(word)) continue;
    for (const rule of rules) {
      if (tried.has(rule)) continue;
      tried.add(rule);
      const value = firstMatch(text, rule);
      if (value !== undefined) return { rule: rule.id, value };
    }
  }
  return undefined;
}

/** The rules that are of one service first: `generic-api-key` would name the others' too. */
function byKeyword(): { word: string; rules: SecretRule[] }[] {
  const byWord = new Map<string, SecretRule[]>();
  const ordered = secretRules.rules.toSorted((a, b) => a.keywords.length - b.keywords.length);
  for (const rule of ordered) {
    for (const word of rule.keywords) byWord.set(word, [...(byWord.get(word) ?? []), rule]);
  }
  const rank = (rules: SecretRule[]) => Math.min(...rules.map((rule) => rule.keywords.length));
  return [...byWord].map(([word, rules]) => ({ word, rules })).sort((a, b) => rank(a.rules) - rank(b.rules));
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
