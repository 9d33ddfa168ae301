import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import { Inject, Module } from '@nestjs/common';
import { BuildContext } from './build-context.ts';
import { CandidateRepository } from './candidate.repository.ts';
import { ExpandHits } from './expand-hits.ts';
import { FindTarget } from './find-target.ts';
import { LexicalArm } from './lexical-arm.ts';
import { denseSettings } from './nearest-chunks.ts';
import { QueryEmbedder } from './query-embedder.ts';
import { RankChunks } from './rank-chunks.ts';
import { RerankHits } from './rerank-hits.ts';
import { RunArms } from './run-arms.ts';
import { ScopeChunksReader } from './scope-chunks.ts';
import { SearchGrpc } from './search.grpc.ts';
import { Search } from './search.ts';
import { SearchTargetRepository } from './search-target.repository.ts';
import { SegmentCache } from './segment-cache.ts';
import { TokenCounter } from './token-counter.ts';

@Module({
  controllers: [SearchGrpc],
  providers: [
    SearchTargetRepository,
    FindTarget,
    ScopeChunksReader,
    SegmentCache,
    CandidateRepository,
    LexicalArm,
    RunArms,
    ExpandHits,
    RerankHits,
    RankChunks,
    QueryEmbedder,
    TokenCounter,
    Search,
    BuildContext,
  ],
  exports: [FindTarget],
})
export class SearchModule {
  constructor(@Inject(DATABASE) database: Database) {
    // Once a connection rather than once a search; queued before whatever takes the connection out of the pool.
    database.pool.on('connect', (client) => void client.query(denseSettings).catch(() => {}));
  }
}
