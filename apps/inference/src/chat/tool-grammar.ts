import { invalid } from '../errors.ts';
import { choice, type Expression, literal, optional, repeat, sequence } from '../grammar/expression.ts';
import { DEFAULT_LIMITS } from '../grammar/limits.ts';
import { RuleTable } from '../grammar/rule-table.ts';
import { SchemaCompiler } from '../grammar/schema-compiler.ts';
import type { ParsedTool } from './template-messages.ts';

export const CALL_START = '<tool_call>';
export const CALL_END = '</tool_call>';

export interface ToolGrammarOptions {
  readonly tools: readonly ParsedTool[];
  /** `tagged`: each call between `<tool_call>` and `</tool_call>`; `bare`: one JSON object. */
  readonly format: 'tagged' | 'bare';
  readonly parallel: boolean;
  /** The first `<tool_call>` is already written. */
  readonly started?: boolean;
  /** A schema for an answer that is no call; the model may choose. */
  readonly orSchema?: unknown;
}

/** A grammar of calls of the tools, with arguments as their schemas have it. */
export function toolGrammar({ tools, format, parallel, started, orSchema }: ToolGrammarOptions): string {
  const table = new RuleTable(DEFAULT_LIMITS);
  const options = { offer: 'likely', limits: DEFAULT_LIMITS } as const;
  const calls = tools.map(({ name, parameters }, i) => {
    const args = new SchemaCompiler(table, argumentsSchema(name, parameters), options, `tool ${i} `).root();
    return sequence(literal(`{"name": ${JSON.stringify(name)}, "arguments": `), args, literal('}'));
  });
  const call = table.define('call', () => choice(...calls));
  const wanted = format === 'bare' ? call : tagged(call, parallel, started ?? false);
  const other = orSchema === undefined ? [] : [new SchemaCompiler(table, orSchema, options, 'answer ').root()];
  const text = table.print(choice(wanted, ...other));
  if (text === undefined)
    throw invalid('schema_invalid', 'No arguments can satisfy the schemas of the tools.', 'tools');
  return text;
}

function tagged(call: Expression, parallel: boolean, started: boolean): Expression {
  const newline = optional(literal('\n'));
  const body = sequence(newline, call, newline, literal(CALL_END));
  const start = literal(CALL_START);
  const more = parallel ? repeat(sequence(newline, start, body), 0, 15) : sequence();
  return sequence(started ? sequence() : start, body, more);
}

/** Keywords beside which an empty `properties` does not mean that there are none. */
const MORE_PROPERTIES = ['additionalProperties', 'patternProperties', 'required', '$ref', 'allOf', 'anyOf', 'oneOf'];

/** Arguments are an object; one of no properties is `{}`, or models that have nothing to say would go on for ever. */
function argumentsSchema(name: string, parameters: unknown): unknown {
  if (typeof parameters !== 'object' || parameters === null) return parameters;
  const { type = 'object', properties } = parameters as { type?: unknown; properties?: unknown };
  if (![type].flat().includes('object')) {
    const message = `The parameters of the tool ${JSON.stringify(name)} must be a JSON schema of type "object".`;
    throw invalid('schema_invalid', message, 'tools');
  }
  const none =
    typeof properties === 'object' &&
    Object.keys(properties ?? {}).length === 0 &&
    MORE_PROPERTIES.every((keyword) => !(keyword in parameters));
  return { ...parameters, type: 'object', ...(none ? { additionalProperties: false } : {}) };
}
