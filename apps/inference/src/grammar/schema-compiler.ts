import { anyArray, anyNumber, anyObject, anyValue, boolean } from './any-value.ts';
import { arrayRule } from './array-rule.ts';
import type { CompileContext, CompileOptions, Member } from './context.ts';
import { expandGoal } from './expand-goal.ts';
import { choice, type Expression, literal } from './expression.ts';
import { type JsonType, typesOfMembers } from './member-types.ts';
import { numberRule } from './number-rule.ts';
import { objectRule } from './object-rule.ts';
import { oneOfTexts } from './one-of-texts.ts';
import type { RuleTable } from './rule-table.ts';
import { type Located, SchemaSource } from './schema-source.ts';
import { stringRule } from './string-rule.ts';
import { type SchemaValidator, schemaValidator } from './validate-json.ts';

/** Keywords that say something about values but are not followed, whatever the type. */
const REPORTED = ['not', 'if', '$dynamicRef', '$recursiveRef'] as const;

/** Keywords that by themselves allow every value. */
const NEUTRAL = new Set([
  ...['$ref', 'allOf', 'anyOf', 'oneOf', '$defs', 'definitions', '$id', '$schema', '$anchor', '$comment'],
  ...['title', 'description', 'default', 'examples', 'deprecated', 'readOnly', 'writeOnly', 'nullable'],
  ...['then', 'else', 'not', 'if', '$dynamicRef', '$recursiveRef', '$dynamicAnchor', '$vocabulary', 'strict'],
]);

/** Turns one JSON schema into rules of a grammar. */
export class SchemaCompiler implements CompileContext {
  readonly source: SchemaSource;
  private readonly reported = new Set<string>();
  private validator: SchemaValidator | undefined;

  constructor(
    readonly table: RuleTable,
    private readonly document: unknown,
    readonly options: CompileOptions,
    /** Keeps schemas that share a table apart. */
    private readonly label = '',
  ) {
    this.source = new SchemaSource(document, options.limits);
  }

  /** JSON pointers of what the grammar does not enforce, in the order met. */
  get unenforcedPointers(): string[] {
    return [...this.reported];
  }

  /** A value that is valid against the whole schema. */
  root(): Expression {
    return this.value([this.source.root]);
  }

  value(goal: readonly Located[]): Expression {
    const constraining = goal.filter(({ schema }) => schema !== true);
    if (constraining.some(({ schema }) => schema === false)) return choice();
    const key = keyOf('value', this.label, constraining);
    return this.table.define(key, () => {
      const { maxAlternatives } = this.options.limits;
      const report = this.unenforced.bind(this);
      const alternatives = expandGoal(this.source, constraining, maxAlternatives, report);
      return choice(...alternatives.map((members) => this.alternative(members)));
    });
  }

  unenforced(member: Member, keyword: string): void {
    this.reported.add(`${member.pointer}/${keyword}`);
  }

  private alternative(all: readonly Member[]): Expression {
    for (const member of all) {
      for (const keyword of REPORTED) if (keyword in member.schema) this.unenforced(member, keyword);
    }
    const members = all.filter(({ schema }) => Object.keys(schema).some((keyword) => !NEUTRAL.has(keyword)));
    if (members.length === 0) return anyValue(this.table);
    const key = keyOf('shape', this.label, members);
    return this.table.define(key, () => this.shape(members, key));
  }

  private shape(members: readonly Member[], key: string): Expression {
    const listed = members.find(({ schema }) => 'const' in schema || Array.isArray(schema.enum));
    if (listed) return this.listedValues(listed, members);
    const types = typesOfMembers(members, this.options.offer);
    return choice(...types.map((type) => this.typed(type, members, key)));
  }

  /** `enum` and `const`: the values that the other keywords allow too. */
  private listedValues(listed: Member, members: readonly Member[]): Expression {
    const { schema } = listed;
    const values = 'const' in schema ? [schema.const] : (schema.enum as unknown[]);
    if (values.length === 0 || (members.length === 1 && Object.keys(schema).length <= 1)) return oneOfValues(values);
    this.validator ??= schemaValidator(this.document);
    const checks = members.map(({ pointer }) => this.validator!.at(pointer));
    const nullable = schema.nullable === true && !values.includes(null) ? [null] : [];
    return oneOfValues([...values.filter((value) => checks.every((check) => check(value))), ...nullable]);
  }

  private typed(type: JsonType, members: readonly Member[], key: string): Expression {
    switch (type) {
      case 'object':
        return onlyType(members) ? anyObject(this.table) : objectRule(this, members, key);
      case 'array':
        return onlyType(members) ? anyArray(this.table) : arrayRule(this, members, key);
      case 'string':
        return stringRule(this, members);
      case 'number':
        return onlyType(members) ? anyNumber(this.table) : numberRule(this, members, 'number');
      case 'integer':
        return numberRule(this, members, 'integer');
      case 'boolean':
        return boolean;
      case 'null':
        return literal('null');
    }
  }
}

/** The JSON texts of `values`, without white space. */
const oneOfValues = (values: readonly unknown[]) => oneOfTexts(values.map((value) => JSON.stringify(value)));

const onlyType = (members: readonly Member[]) =>
  members.every(({ schema }) => Object.keys(schema).every((keyword) => keyword === 'type' || NEUTRAL.has(keyword)));

const keyOf = (kind: string, label: string, schemas: readonly { pointer: string }[]) =>
  `${kind} ${label}${[...new Set(schemas.map(({ pointer }) => pointer))].sort().join(' ')}`;
