import type { IndexModel } from '../index-version/index.ts';
import { armUnknown } from './search.errors.ts';
import type { SearchTarget } from './search-target.repository.ts';

export const lexicalArm = 'lexical';

export interface DenseArm {
  model: IndexModel;
  /** Of its vectors in the index. */
  slot: number;
}

export interface ChosenArms {
  lexical: boolean;
  dense: DenseArm[];
}

/** Which arms a search asks for: all of the index when it names none. Throws `retrieval.arm_unknown`. */
export function chooseArms(
  { settings, models }: Pick<SearchTarget, 'settings' | 'models'>,
  asked: readonly string[],
): ChosenArms {
  const all = models.map((model, slot) => ({ model, slot }));
  const known = [...(settings.noLexical ? [] : [lexicalArm]), ...models.map(({ name }) => name)];
  for (const arm of asked) if (arm !== 'dense' && !known.includes(arm)) throw armUnknown(arm, known);
  const isAsked = (arm: string) => asked.length === 0 || asked.includes(arm);
  return {
    lexical: !settings.noLexical && isAsked(lexicalArm),
    dense: all.filter(({ model }) => isAsked(model.name) || asked.includes('dense')),
  };
}
