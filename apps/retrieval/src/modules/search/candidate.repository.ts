import type { Region } from '@llmops/contracts/retrieval/v1/knowledge_base';
import type { Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { SqlValues } from '../../filter/index.ts';
import { decodeHalfvec, encodeBigints } from '../../vectors/index.ts';
import { indexLiteral, vectorPartition } from './index-literal.ts';
import { type Scope, scopeSql } from './scope.ts';

/** A chunk that exists and that the scope lets through. */
export interface VisibleChunk {
  ordinal: number;
  id: string;
  documentId: string;
}

export interface FoundChunk extends VisibleChunk {
  documentOrdinal: number;
  position: number;
  text: string;
  prefix: string;
  headingPath: string[];
  start: number;
  end: number;
  parentStart: number;
  parentEnd: number;
  page: number;
  pageEnd: number;
  regions: Pick<Region, 'page' | 'x0' | 'y0' | 'x1' | 'y1'>[];
  tokens: number;
  kind: string;
  documentName: string;
  uri: string;
  title: string;
  metadata: Record<string, unknown>;
  mediaType: string;
  language: string;
}

const columns = `c.ordinal, c.id, c.document_id as "documentId", c.document_ordinal as "documentOrdinal", c.position, c.text,
  c.prefix, c.heading_path as "headingPath", c.start, c."end", c.parent_start as "parentStart", c.parent_end as "parentEnd",
  c.page, c.page_end as "pageEnd", c.regions, c.tokens, c.kind, d.display_name as "documentName", d.uri, d.title, d.metadata,
  d.media_type as "mediaType", d.language`;

const joined = (indexVersionId: string) => `
  retrieval.chunks c join retrieval.documents d on d.ordinal = c.document_ordinal
  where c.index_version_id = ${indexLiteral(indexVersionId)}`;

/** Every read of a chunk for a caller goes through the scope here, however its ordinal was come by. */
@Injectable()
export class CandidateRepository {
  /** Those of the ordinals that are there and may be seen. */
  async visible(
    tx: Transaction,
    indexVersionId: string,
    scope: Scope,
    ordinals: readonly number[],
  ): Promise<Map<number, VisibleChunk>> {
    if (ordinals.length === 0) return new Map();
    const values = new SqlValues();
    const text = `
      select c.ordinal, c.id, c.document_id as "documentId" from ${joined(indexVersionId)}
        and c.ordinal = any(${values.add(encodeBigints(ordinals))}::int8[]) and ${scopeSql(scope, values)}`;
    const { rows } = await tx.client.query<VisibleChunk & { ordinal: string }>({ text, values: values.list });
    return new Map(rows.map((row) => [Number(row.ordinal), { ...row, ordinal: Number(row.ordinal) }]));
  }

  /** Those of the ordinals that are in the index at all, whoever may see them. */
  async existing(tx: Transaction, indexVersionId: string, ordinals: readonly number[]): Promise<Set<number>> {
    if (ordinals.length === 0) return new Set();
    const text = `
      select ordinal from retrieval.chunks
      where index_version_id = ${indexLiteral(indexVersionId)} and ordinal = any($1::int8[])`;
    const { rows } = await tx.client.query<{ ordinal: string }>({ text, values: [encodeBigints(ordinals)] });
    return new Set(rows.map(({ ordinal }) => Number(ordinal)));
  }

  /** In no order. */
  async load(
    tx: Transaction,
    indexVersionId: string,
    scope: Scope,
    ordinals: readonly number[],
  ): Promise<FoundChunk[]> {
    if (ordinals.length === 0) return [];
    const values = new SqlValues();
    const text = `
      select ${columns} from ${joined(indexVersionId)}
        and c.ordinal = any(${values.add(encodeBigints(ordinals))}::int8[]) and ${scopeSql(scope, values)}`;
    const { rows } = await tx.client.query<FoundChunk>({ text, values: values.list });
    return rows.map(toChunk);
  }

  /** The chunks of these documents that overlap a span or lie at a place among them, by document and position. */
  async around(
    tx: Transaction,
    indexVersionId: string,
    scope: Scope,
    spans: readonly { documentOrdinal: number; fromPosition: number; toPosition: number }[],
  ): Promise<FoundChunk[]> {
    if (spans.length === 0) return [];
    const values = new SqlValues();
    const text = `
      select distinct on (c.document_ordinal, c.position) ${columns}
      from unnest(${values.add(spans.map((span) => span.documentOrdinal))}::int8[],
        ${values.add(spans.map((span) => span.fromPosition))}::int4[], ${values.add(spans.map((span) => span.toPosition))}::int4[]
      ) as s(document_ordinal, low, high)
      join retrieval.chunks c on c.index_version_id = ${indexLiteral(indexVersionId)}
        and c.document_ordinal = s.document_ordinal and c.position between s.low and s.high
      join retrieval.documents d on d.ordinal = c.document_ordinal
      where ${scopeSql(scope, values)} order by c.document_ordinal, c.position`;
    const { rows } = await tx.client.query<FoundChunk>({ text, values: values.list });
    return rows.map(toChunk);
  }

  async vectors(
    tx: Transaction,
    indexVersionId: string,
    slot: number,
    ordinals: readonly number[],
  ): Promise<Map<number, Float32Array>> {
    const text = `
      select chunk_ordinal as ordinal, halfvec_send(embedding) as embedding from retrieval.vectors
      where partition = ${vectorPartition(indexVersionId, slot)} and chunk_ordinal = any($1::int8[])`;
    const values = [encodeBigints(ordinals)];
    const { rows } = await tx.client.query<{ ordinal: string; embedding: Buffer }>({ text, values });
    return new Map(rows.map(({ ordinal, embedding }) => [Number(ordinal), decodeHalfvec(embedding)]));
  }
}

const toChunk = (row: FoundChunk): FoundChunk => ({
  ...row,
  ordinal: Number(row.ordinal),
  documentOrdinal: Number(row.documentOrdinal),
});
