import type { Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { countScope, listScope, mostListed, type ScopeChunks } from './list-scope.ts';
import { type Scope, scopeKey } from './scope.ts';
import type { SearchTarget } from './search-target.repository.ts';

const cacheBytes = 64 * 2 ** 20;

/**
 * Which chunks a scope lets through. Remembered by project, index version and revision, which grows with every change of
 * what a search can find. A list is where candidates come from and never what decides: every candidate is asked again in SQL.
 */
@Injectable()
export class ScopeChunksReader {
  /** Tests lower it, to search as in a large index. */
  mostListed = mostListed;
  readonly #cache = new LRUCache<string, ScopeChunks>({
    maxSize: cacheBytes,
    sizeCalculation: ({ listed }, key) =>
      200 + key.length * 2 + (listed ? listed.parameter.length + listed.ordinals.byteLength : 0),
    ttl: 60_000,
  });

  async read(tx: Transaction, projectId: string, target: SearchTarget, scope: Scope): Promise<ScopeChunks> {
    if (!scope.filter && !target.hasAcl) return { count: target.chunkCount, listed: undefined, isAll: true };
    const key = cacheKey(projectId, target, scope);
    const known = this.#cache.get(key);
    if (known) return known;
    const { indexVersionId } = target;
    const found = (await listScope(tx, indexVersionId, scope, this.mostListed)) ?? {
      count: await countScope(tx, indexVersionId, scope),
      listed: undefined,
      isAll: false,
    };
    this.#cache.set(key, found);
    return found;
  }

  forget(projectId: string, target: SearchTarget, scope: Scope): void {
    this.#cache.delete(cacheKey(projectId, target, scope));
  }
}

const cacheKey = (projectId: string, { indexVersionId, revision }: SearchTarget, scope: Scope) =>
  `${projectId} ${indexVersionId} ${revision} ${scopeKey(scope)}`;
