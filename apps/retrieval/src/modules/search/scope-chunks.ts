import type { Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { SqlValues } from '../../filter/index.ts';
import { encodeBigints } from '../../vectors/index.ts';
import { indexLiteral } from './index-literal.ts';
import { type Scope, scopeKey, scopeSql } from './scope.ts';
import type { SearchTarget } from './search-target.repository.ts';

/** The chunks that a scope lets through. */
export interface ScopeChunks {
  /** How many. */
  count: number;
  /** Their ordinals, ascending; undefined when they are too many for a list, or all. */
  listed: { ordinals: Float64Array; parameter: Buffer } | undefined;
  /** Nothing is hidden: no filter, no document with an ACL. */
  isAll: boolean;
}

/** More are not listed, and a response does not count them. */
export const mostListed = 20_000;
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
    const found = (await list(tx, target, scope, this.mostListed)) ?? {
      count: await count(tx, target, scope),
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

/** Undefined when there are more than are listed. As bytes in one value: twenty thousand rows take the driver longer. */
async function list(
  tx: Transaction,
  target: SearchTarget,
  scope: Scope,
  most: number,
): Promise<ScopeChunks | undefined> {
  const values = new SqlValues();
  const text = `
    select string_agg(int8send(ordinal), ''::bytea) as ordinals from (
      select c.ordinal from retrieval.documents d
      join retrieval.chunks c on c.index_version_id = ${indexLiteral(target.indexVersionId)} and c.document_ordinal = d.ordinal
      where ${scopeSql(scope, values)} limit ${most + 1}
    ) as found`;
  const { rows } = await tx.client.query<{ ordinals: Buffer | null }>({ text, values: values.list });
  const bytes = rows[0]!.ordinals ?? Buffer.alloc(0);
  if (bytes.length > most * 8) return undefined;
  const ordinals = Float64Array.from({ length: bytes.length / 8 }, (_, i) =>
    Number(bytes.readBigInt64BE(i * 8)),
  ).sort();
  return { count: ordinals.length, listed: { ordinals, parameter: encodeBigints(ordinals) }, isAll: false };
}

async function count(tx: Transaction, target: SearchTarget, scope: Scope): Promise<number> {
  const values = new SqlValues();
  const text = `
    select coalesce(sum(i.chunk_count), 0)::int8 as count from retrieval.documents d
    join retrieval.index_documents i on i.index_version_id = ${indexLiteral(target.indexVersionId)} and i.document_id = d.id
    where ${scopeSql(scope, values)}`;
  const { rows } = await tx.client.query<{ count: string }>({ text, values: values.list });
  return Number(rows[0]!.count);
}
