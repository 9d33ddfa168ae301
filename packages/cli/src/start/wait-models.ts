import { sleep } from '@llmops/embedded';
import type { Emit } from './events.ts';

interface Model {
  id: string;
  default?: boolean;
  artifact?: { state?: string; fetchedBytes?: string; totalBytes?: string; error?: string };
}

interface Replica {
  id: string;
  model: string;
  state?: string;
  error?: string;
}

const POLL_MS = 250;
/** A fetch that failed this long ago is not being tried again. */
const FAILED_FOR_MS = 10_000;
const ABSENT_FOR_MS = 3_000;
const LOAD_TIMEOUT_MS = 120_000;

export interface ModelsApi {
  baseUrl: string;
  apiKey: string;
  signal: AbortSignal;
}

/** Waits until the files of every default model are here. Returns what to warn about. */
export async function waitForArtifacts(api: ModelsApi, stageName: string, emit: Emit): Promise<string[]> {
  const failedSince = new Map<string, number>();
  const startedAt = Date.now();
  const asked = new Set<string>();
  for (;;) {
    const models = await defaultModels(api);
    if (models.every(({ artifact }) => artifact?.state === 'STATE_READY')) return [];
    const total = sum(models, 'totalBytes');
    if (total > 0) {
      const megabytes = (bytes: number): number => Math.round(bytes / 1_000_000);
      const done = megabytes(sum(models, 'fetchedBytes'));
      emit({ type: 'progress', name: stageName, done, total: megabytes(total), unit: 'MB' });
    }
    for (const { id, artifact } of models) {
      if (artifact?.state !== 'STATE_FAILED') failedSince.delete(id);
      else if (!failedSince.has(id)) failedSince.set(id, Date.now());
      // The service fetches by itself; this mends an installation whose fetch was cancelled.
      const absent = artifact?.state === 'STATE_ABSENT' && Date.now() - startedAt > ABSENT_FOR_MS;
      if (absent && !asked.has(id)) await askForFetch(api, id);
      if (absent) asked.add(id);
    }
    const lost = models.filter(({ id }) => Date.now() - (failedSince.get(id) ?? Date.now()) > FAILED_FOR_MS);
    const settled = models.filter(({ artifact }) => artifact?.state === 'STATE_READY').length + lost.length;
    if (lost.length > 0 && settled === models.length) {
      return lost.map(({ id, artifact }) => `${id} was not fetched: ${artifact?.error ?? 'unknown reason'}`);
    }
    await sleep(POLL_MS);
  }
}

/** Waits until a replica of every default model that is here serves. Returns what to warn about. */
export async function waitForReplicas(api: ModelsApi): Promise<string[]> {
  const models = (await defaultModels(api)).filter(({ artifact }) => artifact?.state === 'STATE_READY');
  const deadline = Date.now() + LOAD_TIMEOUT_MS;
  for (;;) {
    const { replicas = [] } = await get<{ replicas?: Replica[] }>(api, '/api/v1/replicas');
    const ready = new Set(replicas.filter(({ state }) => state === 'STATE_READY').map(({ model }) => model));
    const waiting = models.filter(({ id }) => !ready.has(id));
    if (waiting.length === 0) return [];
    if (Date.now() > deadline) {
      return waiting.map(({ id }) => {
        const error = replicas.find(({ model }) => model === id)?.error;
        return `${id} is not served${error ? `: ${error}` : ''}; see "llmops logs inference"`;
      });
    }
    await sleep(POLL_MS);
  }
}

const sum = (models: Model[], field: 'fetchedBytes' | 'totalBytes'): number =>
  models.reduce((total, { artifact }) => total + Number(artifact?.[field] ?? 0), 0);

async function defaultModels(api: ModelsApi): Promise<Model[]> {
  const { models = [] } = await get<{ models?: Model[] }>(api, '/api/v1/models');
  return models.filter((model) => model.default);
}

async function askForFetch(api: ModelsApi, id: string): Promise<void> {
  await send(api, `/api/v1/models/${id}:fetch`, { method: 'POST', body: '{}' });
}

const GET_ATTEMPTS = 20;

/** Tries again for five seconds: the gateway learns of a new key and of its peers a moment after they are ready. */
async function get<T>(api: ModelsApi, path: string): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return (await send(api, path, {})) as T;
    } catch (error) {
      if (attempt === GET_ATTEMPTS || api.signal.aborted) throw error;
      await sleep(POLL_MS);
    }
  }
}

async function send(api: ModelsApi, path: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(`${api.baseUrl}${path}`, {
    ...init,
    headers: { authorization: `Bearer ${api.apiKey}`, 'content-type': 'application/json' },
    signal: AbortSignal.any([api.signal, AbortSignal.timeout(10_000)]),
  });
  const text = await response.text();
  if (!response.ok)
    throw new Error(`${init.method ?? 'GET'} ${path} answered ${response.status}: ${text.slice(0, 300)}`);
  return JSON.parse(text);
}
