import type { Expression } from './expression.ts';
import type { GrammarLimits } from './limits.ts';
import type { RuleTable } from './rule-table.ts';
import type { Located, SchemaObject, SchemaSource } from './schema-source.ts';

/** A schema object whose keywords apply to a value; its references and combinations are already followed. */
export interface Member {
  readonly pointer: string;
  readonly schema: SchemaObject;
}

export interface CompileOptions {
  /**
   * `all`: every valid value can be written. `likely`: what the author of the schema most likely wants, a subset:
   * no undeclared properties unless the schema mentions them, an object where `properties` stand without a `type`.
   */
  readonly offer: 'all' | 'likely';
  readonly limits: GrammarLimits;
}

/** What the rules for the types share while one schema is compiled. */
export interface CompileContext {
  readonly table: RuleTable;
  readonly source: SchemaSource;
  readonly options: CompileOptions;
  /** A value that satisfies all of the schemas. */
  value(goal: readonly Located[]): Expression;
  /** Notes that the grammar does not enforce a keyword. */
  unenforced(member: Member, keyword: string): void;
}
