import { Artifact_State, type Model } from '@llmops/contracts/models/v1/model';
import { Button, ProgressBar, Status } from '@llmops/ui';
import { Download, X } from 'lucide-react';
import { useProject } from '../../api/current-user.ts';
import { formatBytes } from '../../format/quantity.ts';
import { artifactStates } from './model-names.ts';
import { sizeBytes, useFetchModel } from './model-queries.ts';

/** State of the weights; a bar while they are fetched. */
export function ModelState({ model }: { model: Model }) {
  const artifact = model.artifact;
  const state = artifact?.state ?? Artifact_State.ABSENT;
  const { tone, text } = artifactStates[state];
  if (state !== Artifact_State.FETCHING || !artifact) {
    return (
      <span title={artifact?.error || undefined}>
        <Status tone={tone}>{text}</Status>
      </span>
    );
  }
  const total = Number(sizeBytes(model));
  const share = total > 0 ? Number(artifact.fetchedBytes) / total : undefined;
  return (
    <div className="flex w-32 flex-col gap-1">
      <span className="flex justify-between text-xs text-muted tabular-nums">
        <span>{share === undefined ? 'Fetching' : `${Math.floor(share * 100)}%`}</span>
        <span>{formatBytes(artifact.fetchedBytes)}</span>
      </span>
      <ProgressBar value={share} label={`Fetching ${model.displayName}`} />
    </div>
  );
}

export function FetchButton({ model }: { model: Model }) {
  const { isAdmin } = useProject();
  const fetchModel = useFetchModel('fetchModel');
  const cancelFetch = useFetchModel('cancelFetch');
  const state = model.artifact?.state ?? Artifact_State.ABSENT;
  if (!isAdmin || state === Artifact_State.READY) return null;
  if (state === Artifact_State.FETCHING) {
    return (
      <Button size="sm" busy={cancelFetch.isPending} onClick={() => cancelFetch.mutate(model.id)}>
        <X className="size-3.5" aria-hidden />
        Cancel
      </Button>
    );
  }
  const partial = state === Artifact_State.FAILED || (model.artifact?.fetchedBytes ?? 0n) > 0n;
  return (
    <Button size="sm" busy={fetchModel.isPending} onClick={() => fetchModel.mutate(model.id)}>
      <Download className="size-3.5" aria-hidden />
      {partial ? 'Resume' : 'Fetch'}
    </Button>
  );
}
