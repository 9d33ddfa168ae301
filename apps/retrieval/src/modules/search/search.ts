import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { type ChosenArms, chooseArms } from './choose-arms.ts';
import { FindTarget } from './find-target.ts';
import { QueryEmbedder, type QueryVector } from './query-embedder.ts';
import { RankChunks } from './rank-chunks.ts';
import { searchUnavailable } from './search.errors.ts';
import { missingArms, searchSeconds } from './search.metrics.ts';
import type { SearchInput, SearchOutcome } from './search-input.ts';
import type { SearchTarget } from './search-target.repository.ts';
import { Timings } from './timings.ts';

const defaultK = 10;

@Injectable()
export class Search {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly targets: FindTarget,
    private readonly embedder: QueryEmbedder,
    private readonly ranking: RankChunks,
  ) {}

  /** What it finds with the arms that work; throws `retrieval.search_unavailable` when none does. */
  async run(ctx: RequestContext, asked: SearchInput): Promise<SearchOutcome> {
    const startMs = performance.now();
    const timings = new Timings();
    const input = { ...asked, k: asked.k || defaultK };
    const target = await timings.measure('resolve', () =>
      this.database.tx(ctx, (tx) => this.targets.run(tx, ctx, input)),
    );
    const arms = chooseArms(target, input.arms);
    const vectors = await timings.measure('embed', () => this.#embed(ctx, arms, input.query));
    const outcome = await this.searchBy(ctx, target, input, vectors, timings);
    const used = outcome.arms.filter((arm) => arm.used).length;
    searchSeconds.observe({ arms: String(used) }, (performance.now() - startMs) / 1_000);
    for (const { name, used: took } of outcome.arms) if (!took) missingArms.inc({ arm: name });
    return outcome;
  }

  /** With queries that are vectors already: `run` after its embedder. */
  async searchBy(
    ctx: RequestContext,
    target: SearchTarget,
    input: SearchInput,
    vectors: ReadonlyMap<string, QueryVector>,
    timings = new Timings(),
  ): Promise<SearchOutcome> {
    const arms = chooseArms(target, input.arms);
    const outcome = await this.ranking.run(ctx, { target, arms, input, vectors, timings });
    if (!outcome.arms.some(({ used }) => used)) throw searchUnavailable(outcome.arms.map(({ note }) => note));
    return outcome;
  }

  async #embed(ctx: RequestContext, { dense }: ChosenArms, query: string): Promise<Map<string, QueryVector>> {
    const asked = dense.map(async ({ model }) => [model.name, await this.embedder.embed(ctx, model, query)] as const);
    return new Map(await Promise.all(asked));
  }
}
