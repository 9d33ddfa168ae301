import type { Member } from './context.ts';
import { provablyDisjoint } from './disjoint.ts';
import { GrammarTooLargeError, SchemaInvalidError } from './grammar-errors.ts';
import type { Located, SchemaObject, SchemaSource } from './schema-source.ts';

interface Progress {
  readonly members: ReadonlyMap<string, Member>;
  readonly choices: readonly (readonly Located[])[];
}

/**
 * The alternatives of a value that satisfies all schemas of `goal`: follows `$ref`, joins `allOf`, multiplies out
 * `anyOf` and `oneOf`. Each alternative is the list of schema objects whose other keywords all apply.
 */
export function expandGoal(
  source: SchemaSource,
  goal: readonly Located[],
  maxAlternatives: number,
  unenforced: (member: Member, keyword: string) => void,
): Member[][] {
  const finished: Member[][] = [];
  const pending: Progress[] = [];
  const first = follow(source, goal, { members: new Map(), choices: [] }, unenforced);
  if (first) pending.push(first);
  for (let next = pending.shift(); next; next = pending.shift()) {
    const [group, ...others] = next.choices;
    if (!group) {
      finished.push([...next.members.values()]);
      continue;
    }
    for (const option of group) {
      const grown = follow(source, [option], { members: next.members, choices: others }, unenforced);
      if (grown) pending.push(grown);
    }
    if (finished.length + pending.length > maxAlternatives) {
      throw new GrammarTooLargeError('alternatives for one value', maxAlternatives);
    }
  }
  return finished;
}

/** Adds schemas and all that they require; undefined when one of them is `false`. */
function follow(
  source: SchemaSource,
  start: readonly Located[],
  from: Progress,
  unenforced: (member: Member, keyword: string) => void,
): Progress | undefined {
  const members = new Map(from.members);
  const choices = [...from.choices];
  const queue = [...start];
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { pointer, schema } = next;
    if (schema === false) return undefined;
    if (schema === true || members.has(pointer)) continue;
    const member = { pointer, schema };
    members.set(pointer, member);
    if (schema.$ref !== undefined) queue.push(source.resolve(schema.$ref, pointer));
    queue.push(...options(source, member, 'allOf'));
    for (const keyword of ['anyOf', 'oneOf'] as const) {
      const group = options(source, member, keyword);
      if (group.length === 0) continue;
      choices.push(group);
      if (keyword === 'oneOf' && !provablyDisjoint(source, group)) unenforced(member, 'oneOf');
    }
  }
  return { members, choices };
}

function options(source: SchemaSource, member: Member, keyword: 'allOf' | 'anyOf' | 'oneOf'): Located[] {
  const list = (member.schema as SchemaObject)[keyword];
  if (list === undefined) return [];
  if (!Array.isArray(list) || list.length === 0) {
    throw new SchemaInvalidError(`${member.pointer}/${keyword} is not a list of schemas`);
  }
  return list.map((_, i) => source.child(member, keyword, i));
}
