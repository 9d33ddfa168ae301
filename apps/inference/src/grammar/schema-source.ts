import { GrammarTooLargeError, SchemaInvalidError } from './grammar-errors.ts';
import type { GrammarLimits } from './limits.ts';

export type SchemaObject = { readonly [keyword: string]: unknown };
type Schema = boolean | SchemaObject;

/** A schema and where it stands: the JSON pointer identifies it. */
export interface Located {
  readonly pointer: string;
  readonly schema: Schema;
}

/** One schema document: finds what `$ref` names in it. */
export class SchemaSource {
  private readonly anchors = new Map<string, string>();
  readonly root: Located;

  constructor(
    document: unknown,
    limits: GrammarLimits,
    /** Keeps the rules of several documents in one grammar apart. */
    readonly label = '',
  ) {
    this.root = { pointer: '#', schema: asSchema(document, '#') };
    this.scan(document, '#', limits.maxSchemaDepth);
  }

  child(parent: Located, ...path: (string | number)[]): Located {
    let value: unknown = parent.schema;
    let pointer = parent.pointer;
    for (const key of path) {
      value = (value as Record<string | number, unknown>)[key];
      pointer += `/${escapePointer(String(key))}`;
    }
    return { pointer, schema: asSchema(value, pointer) };
  }

  /** @throws SchemaInvalidError when the reference leads out of the document or nowhere. */
  resolve(ref: unknown, from: string): Located {
    if (typeof ref !== 'string') throw new SchemaInvalidError(`${from}/$ref is not a string`);
    const id = (this.root.schema as SchemaObject).$id;
    const local =
      typeof id === 'string' && ref.startsWith(id.replace(/#$/, ''))
        ? ref.slice(id.replace(/#$/, '').length) || '#'
        : ref;
    if (!local.startsWith('#')) throw new SchemaInvalidError(`${from}/$ref leads out of the schema: "${ref}"`);
    const fragment = decode(local.slice(1));
    if (fragment === '') return this.root;
    if (!fragment.startsWith('/')) {
      const pointer = this.anchors.get(fragment);
      if (pointer === undefined) throw new SchemaInvalidError(`${from}/$ref: there is no anchor "${fragment}"`);
      return this.at(pointer.slice(1), from);
    }
    return this.at(fragment, from);
  }

  private at(pointer: string, from: string): Located {
    let value: unknown = this.root.schema;
    for (const part of pointer.split('/').slice(1)) {
      const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) {
        throw new SchemaInvalidError(`${from}/$ref: there is nothing at "#${pointer}"`);
      }
      value = (value as Record<string, unknown>)[key];
    }
    return { pointer: `#${pointer}`, schema: asSchema(value, `#${pointer}`) };
  }

  /** Checks the depth, notes anchors, and refuses nested `$id`s, which would change what a `$ref` means. */
  private scan(value: unknown, pointer: string, depthLeft: number): void {
    if (typeof value !== 'object' || value === null) return;
    if (depthLeft === 0) throw new GrammarTooLargeError('levels of nesting', pointer.split('/').length - 1);
    if (!Array.isArray(value)) {
      const { $anchor, $id } = value as SchemaObject;
      if (typeof $anchor === 'string') this.anchors.set($anchor, pointer);
      const inData = /\/(?:const|enum|default|examples|properties)(?:\/\d+)?$/.test(pointer);
      if (typeof $id === 'string' && pointer !== '#' && !inData) {
        throw new SchemaInvalidError(`${pointer}/$id: schemas inside the schema with their own $id are not supported`);
      }
    }
    for (const [key, child] of Object.entries(value))
      this.scan(child, `${pointer}/${escapePointer(key)}`, depthLeft - 1);
  }
}

function asSchema(value: unknown, pointer: string): Schema {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as SchemaObject;
  throw new SchemaInvalidError(`${pointer} is neither an object nor a boolean`);
}

const escapePointer = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1');

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
