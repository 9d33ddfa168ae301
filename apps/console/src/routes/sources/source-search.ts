import { SourceItem_State as State } from '@llmops/contracts/data/v1/source';

export const itemStates = { present: State.PRESENT, removed: State.REMOVED, failed: State.FAILED } as const;
export type ItemState = keyof typeof itemStates;

/** What the address of a source says: which of its items are shown. */
export interface SourceSearch {
  tab?: 'items' | 'settings';
  q?: string;
  state?: ItemState;
  /** Only what this sync touched. */
  sync?: string;
}

export function parseSourceSearch({ tab, q, state, sync }: Record<string, unknown>): SourceSearch {
  return {
    ...((tab === 'items' || tab === 'settings') && { tab }),
    ...((typeof q === 'string' || typeof q === 'number') && q !== '' && { q: String(q) }),
    ...(typeof state === 'string' && Object.hasOwn(itemStates, state) && { state: state as ItemState }),
    ...(typeof sync === 'string' && sync !== '' && { sync }),
  };
}
