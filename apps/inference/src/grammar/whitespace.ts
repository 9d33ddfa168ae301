import { choice, type Expression, literal, optional, repeat, sequence } from './expression.ts';
import type { RuleTable } from './rule-table.ts';

/** White space between tokens, bounded: small models otherwise go on with it for ever. */
export const space = (table: RuleTable): Expression =>
  table.define('space', () =>
    optional(choice(literal(' '), sequence(literal('\n'), repeat(choice(literal(' '), literal('\t')), 0, 16)))),
  );

export const comma = (table: RuleTable): Expression => sequence(literal(','), space(table));

export const colon = (table: RuleTable): Expression =>
  table.define('colon', () => sequence(literal(':'), optional(literal(' '))));
