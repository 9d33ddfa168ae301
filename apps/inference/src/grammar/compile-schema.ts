import { anyObject } from './any-value.ts';
import type { CompileOptions } from './context.ts';
import { GrammarTooLargeError, SchemaInvalidError, SchemaUnsupportedError } from './grammar-errors.ts';
import { DEFAULT_LIMITS, type GrammarLimits } from './limits.ts';
import { RuleTable } from './rule-table.ts';
import { SchemaCompiler } from './schema-compiler.ts';

export interface CompiledSchema {
  /** llama.cpp grammar, starting at `root`. */
  readonly gbnf: string;
  /** JSON pointers of keywords that the grammar does not enforce. */
  readonly unenforced: readonly string[];
}

export interface CompileSchemaOptions extends Partial<CompileOptions> {
  /** Refuse what cannot be enforced. */
  readonly strict?: boolean;
}

/**
 * Compiles a JSON schema (draft 2020-12, with the forms of draft 7 and OpenAPI's `nullable`) to a GBNF grammar.
 * @throws AppError `inference.schema_invalid`, `inference.schema_too_large`, and with `strict`
 *   `inference.schema_unsupported`, which names the JSON pointers.
 */
export function compileSchema(schema: unknown, options: CompileSchemaOptions = {}): CompiledSchema {
  const limits = options.limits ?? DEFAULT_LIMITS;
  const table = new RuleTable(limits);
  const compiler = new SchemaCompiler(table, schema, { offer: options.offer ?? 'likely', limits });
  const root = compiler.root();
  const unenforced = compiler.unenforcedPointers;
  if (options.strict && unenforced.length > 0) throw new SchemaUnsupportedError(unenforced);
  const gbnf = table.print(root);
  if (gbnf === undefined) throw new SchemaInvalidError('no value can satisfy it');
  return { gbnf, unenforced };
}

/** The schema in `text`. */
export function parseSchema(text: string, limits: GrammarLimits = DEFAULT_LIMITS): unknown {
  if (Buffer.byteLength(text) > limits.maxSchemaBytes) throw new GrammarTooLargeError('bytes', limits.maxSchemaBytes);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SchemaInvalidError(`it is not JSON (${(error as Error).message})`);
  }
}

/** Any JSON object. */
export function jsonObjectGrammar(): string {
  const table = new RuleTable(DEFAULT_LIMITS);
  return table.print(anyObject(table))!;
}
