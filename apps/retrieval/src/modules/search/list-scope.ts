import type { Transaction } from '@llmops/db';
import { SqlValues } from '../../filter/index.ts';
import { encodeBigints } from '../../vectors/index.ts';
import { indexLiteral } from './index-literal.ts';
import { type Scope, scopeSql } from './scope.ts';

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

/** Undefined when there are more than are listed. As bytes in one value: twenty thousand rows take the driver longer. */
export async function listScope(
  tx: Pick<Transaction, 'client'>,
  indexVersionId: string,
  scope: Scope,
  most: number,
): Promise<ScopeChunks | undefined> {
  const values = new SqlValues();
  const text = `
    select string_agg(int8send(ordinal), ''::bytea) as ordinals from (
      select c.ordinal from retrieval.documents d
      join retrieval.chunks c on c.index_version_id = ${indexLiteral(indexVersionId)} and c.document_ordinal = d.ordinal
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

export async function countScope(
  tx: Pick<Transaction, 'client'>,
  indexVersionId: string,
  scope: Scope,
): Promise<number> {
  const values = new SqlValues();
  const text = `
    select coalesce(sum(i.chunk_count), 0)::int8 as count from retrieval.documents d
    join retrieval.index_documents i on i.index_version_id = ${indexLiteral(indexVersionId)} and i.document_id = d.id
    where ${scopeSql(scope, values)}`;
  const { rows } = await tx.client.query<{ count: string }>({ text, values: values.list });
  return Number(rows[0]!.count);
}
