import { Replica_State } from '@llmops/contracts/inference/v1/inference';
import { Artifact_State, Engine, Task } from '@llmops/contracts/models/v1/model';
import type { Tone } from '@llmops/ui';

export const taskNames: Record<Task, string> = {
  [Task.UNSPECIFIED]: 'Unknown',
  [Task.CHAT]: 'Chat',
  [Task.EMBEDDING]: 'Embedding',
  [Task.RERANK]: 'Reranking',
};

export const engineNames: Record<Engine, string> = {
  [Engine.UNSPECIFIED]: 'Unknown',
  [Engine.LLAMA_CPP]: 'llama.cpp',
  [Engine.ONNX]: 'ONNX Runtime',
  [Engine.OPENAI]: 'OpenAI-compatible',
};

export const artifactStates: Record<Artifact_State, { tone: Tone; text: string }> = {
  [Artifact_State.UNSPECIFIED]: { tone: 'neutral', text: 'Not fetched' },
  [Artifact_State.ABSENT]: { tone: 'neutral', text: 'Not fetched' },
  [Artifact_State.FETCHING]: { tone: 'accent', text: 'Fetching' },
  [Artifact_State.READY]: { tone: 'success', text: 'Ready' },
  [Artifact_State.FAILED]: { tone: 'danger', text: 'Failed' },
};

export const replicaStates: Record<Replica_State, { tone: Tone; text: string }> = {
  [Replica_State.UNSPECIFIED]: { tone: 'neutral', text: 'Unknown' },
  [Replica_State.LOADING]: { tone: 'accent', text: 'Loading' },
  [Replica_State.READY]: { tone: 'success', text: 'Ready' },
  [Replica_State.STALLED]: { tone: 'warning', text: 'Stalled' },
  [Replica_State.CRASHED]: { tone: 'danger', text: 'Crashed' },
};
