import { choice, type Expression, isNever, repeat, rule, sequence } from './expression.ts';
import { GrammarTooLargeError, SchemaInvalidError } from './grammar-errors.ts';
import type { GrammarLimits } from './limits.ts';
import { multiplyingRule } from './multiplying-choice.ts';
import { printGbnf } from './print-gbnf.ts';

const MULTIPLIES =
  'alternatives that contain themselves begin alike, so that each level multiplies the work; let them begin with a property that tells them apart';

/** The rules of one grammar, with names given once for each key. */
export class RuleTable {
  private readonly rules = new Map<string, Expression>();
  private readonly names = new Map<string, string>();

  constructor(private readonly limits: GrammarLimits) {}

  /** A reference to the rule for `key`; `body` is built once, and may refer to the rule itself. */
  define(key: string, body: () => Expression): Expression {
    const known = this.names.get(key);
    if (known !== undefined) return rule(known);
    const name = `r${this.names.size}`;
    this.names.set(key, name);
    if (this.names.size > this.limits.maxRules) throw new GrammarTooLargeError('rules', this.limits.maxRules);
    this.rules.set(name, body());
    return rule(name);
  }

  /** GBNF that starts at `root`, without rules that match nothing; undefined when no text matches at all. */
  print(root: Expression): string | undefined {
    const productive = productiveRules(this.rules);
    const pruned = new Map([...this.rules].map(([name, body]) => [name, prune(body, productive)]));
    const start = prune(root, productive);
    if (isNever(start)) return undefined;
    const reachable = new Map<string, Expression>([['root', start]]);
    collect(start, pruned, reachable);
    if (multiplyingRule(reachable) !== undefined) throw new SchemaInvalidError(MULTIPLIES);
    const text = printGbnf(reachable);
    if (text.length > this.limits.maxGrammarChars) {
      throw new GrammarTooLargeError('characters of grammar', this.limits.maxGrammarChars);
    }
    return text;
  }
}

/** Names of the rules that match at least one finite text. */
function productiveRules(rules: ReadonlyMap<string, Expression>): Set<string> {
  const productive = new Set<string>();
  for (let grew = true; grew; ) {
    grew = false;
    for (const [name, body] of rules) {
      if (productive.has(name) || isNever(prune(body, productive))) continue;
      productive.add(name);
      grew = true;
    }
  }
  return productive;
}

function prune(e: Expression, productive: ReadonlySet<string>): Expression {
  switch (e.kind) {
    case 'rule':
      return productive.has(e.name) ? e : choice();
    case 'sequence':
      return sequence(...e.items.map((item) => prune(item, productive)));
    case 'choice':
      return choice(...e.items.map((item) => prune(item, productive)));
    case 'repeat':
      return repeat(prune(e.item, productive), e.min, e.max);
    default:
      return e;
  }
}

function collect(e: Expression, rules: ReadonlyMap<string, Expression>, into: Map<string, Expression>): void {
  const pending = [e];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (next.kind === 'sequence' || next.kind === 'choice') pending.push(...next.items);
    else if (next.kind === 'repeat') pending.push(next.item);
    else if (next.kind === 'rule' && !into.has(next.name)) {
      const body = rules.get(next.name)!;
      into.set(next.name, body);
      pending.push(body);
    }
  }
}
