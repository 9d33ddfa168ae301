import { type IndexVersion, IndexVersion_State as State } from '@llmops/contracts/retrieval/v1/knowledge_base';
import type { Tone } from '@llmops/ui';

export const versionStates: Record<State, { tone: Tone; text: string }> = {
  [State.UNSPECIFIED]: { tone: 'neutral', text: 'Unknown' },
  [State.BUILDING]: { tone: 'accent', text: 'Building' },
  [State.READY]: { tone: 'neutral', text: 'Ready' },
  [State.LIVE]: { tone: 'success', text: 'Live' },
  [State.FAILED]: { tone: 'danger', text: 'Failed' },
  [State.DELETING]: { tone: 'neutral', text: 'Deleting' },
};

/** From 0 to 1, of its documents; undefined before they are counted. */
export function builtShare({ documents }: IndexVersion): number | undefined {
  if (!documents || documents.total === 0n) return undefined;
  return Number(documents.indexed + documents.failed) / Number(documents.total);
}

/** What cannot be searched without: a live one stays, a building one is not yet measured. */
export const isSearchable = ({ state }: IndexVersion): boolean => state === State.LIVE || state === State.READY;
