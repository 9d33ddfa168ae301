import type { JsonRow } from '../formats/index.ts';

/** The part of JSON Schema (2020-12) that describes rows. */
export interface JsonSchema {
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  additionalProperties?: JsonSchema;
}

export interface ColumnType {
  name: string;
  /** `string`, `integer`, `number`, `boolean`, `object`, `array`, `null`, or several with `|` */
  type: string;
  nullable: boolean;
}

// Objects with more keys than this, below the row, are maps: their keys are data.
const maxProperties = 200;

const typeOrder = ['string', 'integer', 'number', 'boolean', 'object', 'array'] as const;

/** What values at one place look like, added up value by value. */
class Node {
  readonly #types = new Set<string>();
  #nulls = false;
  #objects = 0;
  readonly #properties = new Map<string, { node: Node; count: number }>();
  #values: Node | undefined;
  #items: Node | undefined;

  constructor(private readonly limit: number) {}

  add(value: unknown): void {
    if (value === null || value === undefined) this.#nulls = true;
    else if (Array.isArray(value)) this.#addArray(value);
    else if (typeof value === 'object') this.#addObject(value as JsonRow);
    else this.#types.add(typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value);
  }

  #addArray(value: unknown[]): void {
    this.#types.add('array');
    this.#items ??= new Node(maxProperties);
    for (const item of value) this.#items.add(item);
  }

  #addObject(value: JsonRow): void {
    this.#types.add('object');
    this.#objects += 1;
    for (const key of Object.keys(value)) {
      if (this.#values) {
        this.#values.add(value[key]);
        continue;
      }
      let property = this.#properties.get(key);
      if (!property) {
        if (this.#properties.size >= this.limit) {
          this.#becomeMap(value);
          return;
        }
        property = { node: new Node(maxProperties), count: 0 };
        this.#properties.set(key, property);
      }
      property.count += 1;
      property.node.add(value[key]);
    }
  }

  #becomeMap(value: JsonRow): void {
    this.#values = new Node(maxProperties);
    for (const { node } of this.#properties.values()) this.#values.merge(node);
    this.#properties.clear();
    for (const inner of Object.values(value)) this.#values.add(inner);
  }

  /** Takes in what another has seen. */
  merge(other: Node): void {
    for (const type of other.#types) this.#types.add(type);
    this.#nulls ||= other.#nulls;
    this.#objects += other.#objects;
    if (other.#items) {
      this.#items ??= new Node(maxProperties);
      this.#items.merge(other.#items);
    }
    if (other.#values) {
      this.#values ??= new Node(maxProperties);
      this.#values.merge(other.#values);
    }
    for (const [key, { node, count }] of other.#properties) {
      const property = this.#properties.get(key) ?? { node: new Node(maxProperties), count: 0 };
      property.node.merge(node);
      property.count += count;
      this.#properties.set(key, property);
    }
  }

  types(): string[] {
    const types = typeOrder.filter(
      (type) => this.#types.has(type) && !(type === 'integer' && this.#types.has('number')),
    );
    return types.length === 0 ? ['null'] : types;
  }

  schema(): JsonSchema {
    const types = this.types();
    if (this.#nulls && !types.includes('null')) types.push('null');
    const schema: JsonSchema = { type: types.length === 1 ? types[0]! : types };
    if (this.#items) schema.items = this.#items.#types.size > 0 || this.#items.#nulls ? this.#items.schema() : {};
    if (this.#values) schema.additionalProperties = this.#values.schema();
    else if (this.#types.has('object')) {
      const properties = [...this.#properties];
      schema.properties = Object.fromEntries(properties.map(([key, { node }]) => [key, node.schema()]));
      const required = properties.filter(([, { count }]) => count === this.#objects).map(([key]) => key);
      if (required.length > 0) schema.required = required;
    }
    return schema;
  }

  get columnCount(): number {
    return this.#properties.size;
  }

  columns(): ColumnType[] {
    return [...this.#properties].map(([name, { node, count }]) => ({
      name,
      type: node.types().join('|'),
      nullable: node.#nulls || count < this.#objects,
    }));
  }
}

/** The schema of rows, inferred as they go by: columns in the order they first came. */
export class SchemaInference {
  readonly #root = new Node(Number.POSITIVE_INFINITY);

  add(row: JsonRow): void {
    this.#root.add(row);
  }

  /** Different columns seen so far. */
  get columnCount(): number {
    return this.#root.columnCount;
  }

  schema(): JsonSchema {
    return { properties: {}, ...this.#root.schema(), type: 'object' };
  }

  columns(): ColumnType[] {
    return this.#root.columns();
  }
}

/** The schema of one row. */
export function schemaOf(row: JsonRow): JsonSchema {
  const inference = new SchemaInference();
  inference.add(row);
  return inference.schema();
}
