import { toBinary } from '@bufbuild/protobuf';
import { type Filter, FilterSchema } from '@llmops/contracts/retrieval/v1/search';
import { filterSql, type SqlValues } from '../../filter/index.ts';

/** What one search may see: the documents of a knowledge base that pass the filter and are open to the principals. */
export interface Scope {
  knowledgeBaseId: string;
  filter: Filter | undefined;
  principals: readonly string[];
}

/**
 * The condition over `retrieval.documents d`, in every statement that reads chunks, vectors or documents for a caller.
 * Which project's rows there are at all is for row-level security.
 */
export function scopeSql({ knowledgeBaseId, filter, principals }: Scope, values: SqlValues): string {
  const open = `(d.acl = '{}' or d.acl && ${values.add(principals)}::text[])`;
  return `d.knowledge_base_id = ${values.add(knowledgeBaseId)} and ${open} and ${filterSql(filter, values)}`;
}

/** Equal for scopes that see the same. */
export const scopeKey = ({ knowledgeBaseId, filter, principals }: Scope): string =>
  JSON.stringify([
    knowledgeBaseId,
    filter ? Buffer.from(toBinary(FilterSchema, filter)).toString('base64') : '',
    [...new Set(principals)].sort(),
  ]);
