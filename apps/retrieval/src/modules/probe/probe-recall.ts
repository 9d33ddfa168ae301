import { create, toJson } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { type RecallProbe, RecallProbeSchema } from '@llmops/contracts/retrieval/v1/knowledge_base';
import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { FindTarget, type SearchTarget } from '../search/index.ts';
import { measureRecall, type RecallMeasure } from './measure-recall.ts';
import { ProbeRepository } from './probe.repository.ts';

export interface ProbeInput {
  knowledgeBaseId: string;
  indexVersionId: string;
  /** 0 for the usual number. */
  queries: number;
  k: number;
}

/** Every so-manieth document passes: 100, 50, 5, 0.5 and 0.05 %. */
const steps = [1, 2, 20, 200, 2_000];
/** Below it the index does not find what is there. */
export const leastRecall = 0.95;
const defaultQueries = 100;
const defaultK = 10;
/** For all measures together: a call must not wait longer. Fewer queries are asked of a large index. */
const budgetMs = 24_000;

@Injectable()
export class ProbeRecall {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly targets: FindTarget,
    private readonly repository: ProbeRepository,
  ) {}

  /** Keeps what it measured with the index version, and raises or clears the knowledge base's alarm when that one is live. */
  async run(ctx: RequestContext, input: ProbeInput): Promise<RecallProbe> {
    const target = await this.database.tx(ctx, (tx) => this.targets.run(tx, ctx, input));
    const k = input.k || defaultK;
    const measures = await this.#measure(ctx, target, input.queries || defaultQueries, k);
    const worst = measures.reduce((least, { recall }) => Math.min(least, recall), 1);
    const alarm = alarmOf(measures);
    const probe = create(RecallProbeSchema, {
      time: timestampFromMs(Date.now()),
      queries: measures.reduce((least, { queries }) => Math.min(least, queries), input.queries || defaultQueries),
      k,
      measures: measures.map(({ queries: _queries, possible: _possible, ...measure }) => measure),
      threshold: leastRecall,
      alarm: worst < leastRecall || alarm !== '',
    });
    const json = toJson(RecallProbeSchema, probe) as Record<string, unknown>;
    await this.database.tx(ctx, (tx) => this.repository.save(tx, target, json, alarm));
    return probe;
  }

  async #measure(ctx: RequestContext, target: SearchTarget, queries: number, k: number): Promise<RecallMeasure[]> {
    const measures: RecallMeasure[] = [];
    const share = budgetMs / (target.models.length * steps.length);
    for (const slot of target.models.keys()) {
      const seed = { count: queries, seed: target.indexVersionId };
      const askers = await this.database.tx(ctx, (tx) => this.repository.askers(tx, target.indexVersionId, slot, seed));
      if (askers.length === 0) continue;
      for (const every of steps) {
        const measure = await measureRecall(this.database, ctx, { target, slot, every, askers, k, budgetMs: share });
        if (measure) measures.push(measure);
      }
    }
    return measures;
  }
}

/** A sentence for people; empty when all is well. */
export function alarmOf(measures: readonly RecallMeasure[]): string {
  const worst = measures.filter(({ recall, returned, possible }) => recall < leastRecall || returned < possible - 1e-9);
  const [first] = worst.sort((one, other) => one.recall - other.recall);
  if (!first) return '';
  const { embeddingModel, filter, recall } = first;
  const which = filter === 'none' ? 'without a filter' : `with a filter that ${filter} passes`;
  return `Of what ${embeddingModel} should find ${which}, ${(100 * recall).toFixed(1)} % is found; ${100 * leastRecall} % is the least. Build a new index version and activate it.`;
}
