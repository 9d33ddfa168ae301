import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  SearchSettings_Fusion as Fusion,
  SearchSettings_Rerank as Rerank,
} from '@llmops/contracts/retrieval/v1/knowledge_base';
import type { SearchRequest_Expand as Expand, SearchRequestSchema } from '@llmops/contracts/retrieval/v1/search';
import { type FilterRow, filterOfJson, filterOfRows } from './filter.ts';

/** What the search lab asks for, as it is typed. */
export interface SearchForm {
  k: number;
  /** Arms that are left out. */
  armsOff: string[];
  fusion: Fusion;
  /** A rerank of the API, or a cross-encoder by name. */
  rerank: Rerank | string;
  /** Of maximal marginal relevance; undefined for none. */
  mmrLambda: number | undefined;
  onePerDocument: boolean;
  expand: Expand;
  /** The live one when empty. */
  indexVersion: string;
  /** With commas. */
  principals: string;
  filterMode: 'all' | 'any' | 'json';
  filterRows: FilterRow[];
  filterJson: string;
}

export const emptySearchForm: SearchForm = {
  k: 10,
  armsOff: [],
  fusion: Fusion.UNSPECIFIED,
  rerank: Rerank.UNSPECIFIED,
  mmrLambda: undefined,
  onePerDocument: false,
  expand: 0,
  indexVersion: '',
  principals: '',
  filterMode: 'all',
  filterRows: [],
  filterJson: '',
};

export type SearchRequestInit = Omit<
  MessageInitShape<typeof SearchRequestSchema>,
  '$typeName' | '$unknown' | 'project' | 'knowledgeBase'
>;

/**
 * The request of a form; `arms` are all of the index. Throws an Error when the JSON filter cannot be read.
 */
export function searchRequest(query: string, form: SearchForm, arms: readonly string[]): SearchRequestInit {
  const { k, armsOff, fusion, rerank, mmrLambda, onePerDocument, expand, indexVersion } = form;
  const chosen = arms.filter((arm) => !armsOff.includes(arm));
  return {
    query,
    k,
    onePerDocument,
    expand,
    indexVersion,
    arms: chosen.length < arms.length ? chosen : [],
    settings: {
      fusion,
      ...(typeof rerank === 'string' ? { rerank: Rerank.MODEL, rerankModel: rerank } : { rerank }),
    },
    ...(mmrLambda !== undefined && { mmrLambda }),
    principals: form.principals
      .split(',')
      .map((principal) => principal.trim())
      .filter((principal) => principal !== ''),
    filter: form.filterMode === 'json' ? filterOfJson(form.filterJson) : filterOfRows(form.filterRows, form.filterMode),
    includeArms: true,
    explain: true,
  };
}
