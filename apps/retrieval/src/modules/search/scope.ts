import { toBinary } from '@bufbuild/protobuf';
import { type Filter, FilterSchema } from '@llmops/contracts/retrieval/v1/search';
import { filterSql, type SqlValues } from '../../filter/index.ts';

/** What one search may see: the documents of a knowledge base that pass the filter and are open to the principals. */
export interface Scope {
  knowledgeBaseId: string;
  filter: Filter | undefined;
  principals: readonly string[];
  /** Only every so-manieth document: a filter of known selectivity, for the probe. It sees what every principal sees. */
  every?: number;
}

/**
 * The condition over `retrieval.documents d`, in every statement that reads chunks, vectors or documents for a caller.
 * Which project's rows there are at all is for row-level security.
 */
export function scopeSql({ knowledgeBaseId, filter, principals, every }: Scope, values: SqlValues): string {
  if (every !== undefined) {
    return `d.knowledge_base_id = ${values.add(knowledgeBaseId)} and d.ordinal % ${values.add(every)}::int8 = 0`;
  }
  // NUL is in no ACL, and Postgres takes none.
  const open = `(d.acl = '{}' or d.acl && ${values.add(principals.filter((one) => !one.includes('\0')))}::text[])`;
  return `d.knowledge_base_id = ${values.add(knowledgeBaseId)} and ${open} and ${filterSql(filter, values)}`;
}

/** Equal for scopes that see the same. */
export const scopeKey = ({ knowledgeBaseId, filter, principals }: Scope): string =>
  JSON.stringify([
    knowledgeBaseId,
    filter ? Buffer.from(toBinary(FilterSchema, filter)).toString('base64') : '',
    [...new Set(principals)].sort(),
  ]);
