import { Artifact_State as State } from '@llmops/contracts/models/v1/model';
import type { JobRow } from '@llmops/db';
import { type CatalogueEntry, digestOf, totalBytes } from '../catalogue/index.ts';
import type { FetchState } from '../source/index.ts';
import type { ArtifactWithJob } from './artifact.repository.ts';

export interface ArtifactState {
  state: State;
  fetchedBytes: number;
  totalBytes: number;
  source: string;
  error: string;
  updateTime: Date | undefined;
  digest: string;
}

/** Files of the catalogue's digest on disk are ready, whatever the last fetch did; otherwise its job says what is. */
export function artifactState(entry: CatalogueEntry, row: ArtifactWithJob | undefined): ArtifactState {
  const digest = digestOf(entry.files);
  const total = totalBytes(entry.files);
  const job = row?.job;
  const progress = (job?.progress ?? {}) as Partial<FetchState>;
  const common = { totalBytes: total, digest, error: '' };
  if (row?.artifact.digest === digest) {
    const { source, updateTime } = row.artifact;
    return { ...common, state: State.READY, fetchedBytes: total, source: source ?? '', updateTime };
  }
  const fetchedBytes = progress.fetchedBytes ?? 0;
  const source = progress.source ?? '';
  const updateTime = job?.updateTime ?? row?.artifact.updateTime;
  if (job && isOpen(job)) return { ...common, state: State.FETCHING, fetchedBytes, source, updateTime };
  if (job?.state === 'failed') {
    return { ...common, state: State.FAILED, fetchedBytes, source, updateTime, error: job.error ?? '' };
  }
  return { ...common, state: State.ABSENT, fetchedBytes: 0, source: '', updateTime };
}

export const isOpen = (job: JobRow | null | undefined): boolean => job?.state === 'queued' || job?.state === 'running';
