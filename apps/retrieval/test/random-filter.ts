import { create } from '@bufbuild/protobuf';
import {
  type Condition_Operator,
  type Filter,
  FilterSchema,
  Condition_Operator as Op,
} from '@llmops/contracts/retrieval/v1/search';

/** What a filter is asked about: a document as the test wrote it. */
export interface FilteredDocument {
  id: string;
  uri: string;
  language: string;
  metadata: Record<string, unknown>;
}

/** A filter, and what it says of a document: the second way of working it out that the SQL is compared with. */
export interface RandomFilter {
  filter: Filter;
  matches: (document: FilteredDocument) => boolean;
}

type Random = () => number;
const pick = <T>(random: Random, items: readonly T[]): T => items[Math.floor(random() * items.length)]!;

export const teams = ['a', 'b', 'c', "d'"];
export const tagNames = ['red', 'green', 'blue'];
export const languages = ['en', 'de', ''];

export function randomMetadata(random: Random): Record<string, unknown> {
  return {
    ...(random() < 0.9 && { team: pick(random, teams) }),
    ...(random() < 0.8 && { size: Math.floor(random() * 10) }),
    ...(random() < 0.5 && { tags: tagNames.filter(() => random() < 0.5) }),
    ...(random() < 0.5 && { author: { name: pick(random, ['Ada', 'Adam', 'Bo']) } }),
    ...(random() < 0.1 && { size: 'large' }),
    ...(random() < 0.1 && { team: null }),
    ...(random() < 0.1 && { 'author.name': 'Ada' }),
  };
}

export function randomFilter(random: Random, depth = 0): RandomFilter {
  const roll = random();
  if (depth < 3 && roll < 0.2) {
    const inner = randomFilter(random, depth + 1);
    return {
      filter: create(FilterSchema, { kind: { case: 'not', value: inner.filter } }),
      matches: (d) => !inner.matches(d),
    };
  }
  if (depth < 3 && roll < 0.45) {
    const parts = Array.from({ length: 1 + Math.floor(random() * 3) }, () => randomFilter(random, depth + 1));
    const isAll = random() < 0.5;
    return {
      filter: create(FilterSchema, {
        kind: { case: isAll ? 'all' : 'any', value: { filters: parts.map(({ filter }) => filter) } },
      }),
      matches: (d) => (isAll ? parts.every((part) => part.matches(d)) : parts.some((part) => part.matches(d))),
    };
  }
  return randomCondition(random);
}

function randomCondition(random: Random): RandomFilter {
  const team = () => pick(random, teams);
  const size = Math.floor(random() * 10);
  const choices: [string, Condition_Operator, unknown, (value: unknown) => boolean][] = [
    ['team', Op.EQ, team(), () => false],
    ['team', Op.NE, team(), () => false],
    ['team', Op.IN, [team(), team()], () => false],
    ['team', Op.NOT_IN, [team(), team()], () => false],
    ['team', Op.EXISTS, undefined, (value) => value !== undefined],
    ['team', Op.EQ, null, (value) => value === null],
    ['size', Op.LT, size, (value) => typeof value === 'number' && value < size],
    ['size', Op.GE, size, (value) => typeof value === 'number' && value >= size],
    ['size', Op.GT, 'abc', (value) => typeof value === 'string' && value > 'abc'],
    ['tags', Op.CONTAINS, 'red', (value) => Array.isArray(value) && value.includes('red')],
    ['author.name', Op.PREFIX, 'Ada', (value) => typeof value === 'string' && value.startsWith('Ada')],
    ['$language', Op.EQ, 'de', (value) => value === 'de'],
    ['$uri', Op.PREFIX, 'uri-1', (value) => String(value).startsWith('uri-1')],
    ['$language', Op.EXISTS, undefined, (value) => value !== ''],
  ];
  const [key, operator, value, test] = pick(random, choices);
  const compare: Partial<Record<Condition_Operator, (found: unknown) => boolean>> = {
    [Op.EQ]: (found) => found === value,
    [Op.NE]: (found) => found !== value,
    [Op.IN]: (found) => (value as unknown[]).includes(found),
    [Op.NOT_IN]: (found) => !(value as unknown[]).includes(found),
  };
  const condition = { key, operator, ...(value !== undefined && { value: toValue(value) }) };
  return {
    filter: create(FilterSchema, { kind: { case: 'condition', value: condition } }),
    matches: (document) =>
      (key === 'team' && value !== null && compare[operator] ? compare[operator] : test)(read(document, key)),
  };
}

function read(document: FilteredDocument, key: string): unknown {
  if (key === '$language') return document.language;
  if (key === '$uri') return document.uri;
  if (key === 'author.name') {
    return document.metadata['author.name'] ?? (document.metadata['author'] as { name?: string } | undefined)?.name;
  }
  return document.metadata[key];
}

function toValue(value: unknown): {
  kind:
    | { case: 'nullValue'; value: 0 }
    | { case: 'numberValue'; value: number }
    | { case: 'stringValue'; value: string }
    | { case: 'listValue'; value: { values: ReturnType<typeof toValue>[] } };
} {
  if (value === null) return { kind: { case: 'nullValue', value: 0 } };
  if (typeof value === 'number') return { kind: { case: 'numberValue', value } };
  if (Array.isArray(value)) return { kind: { case: 'listValue', value: { values: value.map(toValue) } } };
  return { kind: { case: 'stringValue', value: String(value) } };
}
