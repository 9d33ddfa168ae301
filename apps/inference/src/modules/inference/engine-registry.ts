import { setTimeout as sleep } from 'node:timers/promises';
import type { ModelArtifact } from '@llmops/contracts/models/v1/model';
import type { Logger } from '@llmops/platform';
import type { ServeConfig } from '../../config.ts';
import type { Engine, EngineDescription } from '../../engine/engine.ts';
import { OpenAiEngine } from '../../engine/openai-engine.ts';
import { modelNotFound } from './inference.errors.ts';
import { startEngine } from './start-engine.ts';

/** How long a replaced model may finish what it was asked. */
const DRAIN_MS = 30_000;

/** The models this service runs, by name: from the artifacts that `models` announces, and those configured by hand. */
export class EngineRegistry {
  private readonly engines = new Map<string, { readonly digest: string; readonly engine: Engine }>();
  private readonly retiring = new Set<Promise<void>>();

  constructor(
    private readonly config: ServeConfig,
    private readonly log: Logger,
  ) {
    for (const options of config.INFERENCE_OPENAI_ENGINES) {
      this.engines.set(options.model, { digest: CONFIGURED, engine: new OpenAiEngine(options) });
    }
  }

  /** @throws AppError `inference.model_not_found` */
  get(model: string): Engine {
    const known = this.engines.get(model);
    if (!known) throw modelNotFound(model);
    return known.engine;
  }

  describe(): EngineDescription[] {
    return [...this.engines.values()].map(({ engine }) => engine.describe());
  }

  /** Starts, replaces or (without an artifact) ends a model. */
  apply(model: string, artifact: ModelArtifact | undefined): void {
    const current = this.engines.get(model);
    if (current?.digest === CONFIGURED || (artifact && current?.digest === artifact.digest)) return;
    this.engines.delete(model);
    if (current) this.retire(current.engine);
    if (!artifact) return;
    try {
      this.engines.set(model, { digest: artifact.digest, engine: startEngine(artifact, this.config, this.log) });
    } catch (error) {
      this.log.error({ err: error, model }, 'model cannot be run');
    }
  }

  async close(): Promise<void> {
    const all = [...this.engines.values()].map(({ engine }) => engine.close());
    this.engines.clear();
    this.closed = true;
    await Promise.all([...all, ...this.retiring]);
  }

  private closed = false;

  private retire(engine: Engine): void {
    const done = this.drain(engine).finally(() => this.retiring.delete(done));
    this.retiring.add(done);
  }

  private async drain(engine: Engine): Promise<void> {
    const until = Date.now() + DRAIN_MS;
    while (Date.now() < until && !this.closed) {
      const { busySlots, queued } = engine.describe();
      if (busySlots + queued === 0) break;
      await sleep(100);
    }
    await engine.close();
  }
}

/** Stands for the digest of a model that no artifact may replace. */
const CONFIGURED = 'configured';
