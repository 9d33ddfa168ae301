import { Task } from '@llmops/contracts/models/v1/model';
import { type Document_State, IndexVersion_State } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { llmops } from '../../api/llmops.ts';
import { catalogueQuery } from '../../api/served-models.ts';
import { isWorkedOn, listedState, statesAtWork } from './document-state.ts';
import { type DocumentFilter } from './knowledge-base-search.ts';

const refreshMs = 5_000;
/** While something moves. */
const liveMs = 1_500;

export const knowledgeBasesQuery = (project: string) =>
  queryOptions({
    queryKey: ['knowledgeBases', project],
    queryFn: async ({ signal }) =>
      (await llmops.knowledgeBases.listKnowledgeBases({ project, pageSize: 200 }, { signal })).knowledgeBases,
    refetchInterval: refreshMs,
  });

/** Everything that is kept of one knowledge base begins with this key. */
export const knowledgeBaseKey = (project: string, knowledgeBase: string) => ['knowledgeBase', project, knowledgeBase];

export const knowledgeBaseQuery = (project: string, knowledgeBase: string) =>
  queryOptions({
    queryKey: [...knowledgeBaseKey(project, knowledgeBase), 'self'],
    queryFn: ({ signal }) => llmops.knowledgeBases.getKnowledgeBase({ project, knowledgeBase }, { signal }),
    refetchInterval: (query) => ((query.state.data?.documents?.pending ?? 0n) > 0n ? liveMs : refreshMs),
  });

export interface DocumentsFilter {
  state?: DocumentFilter | undefined;
  q?: string | undefined;
}

export const documentsQuery = (project: string, knowledgeBase: string, { state, q = '' }: DocumentsFilter) =>
  infiniteQueryOptions({
    queryKey: [...knowledgeBaseKey(project, knowledgeBase), 'documents', state ?? '', q],
    queryFn: async ({ pageParam, signal }) => {
      const list = (of: Document_State, pageToken: string) =>
        llmops.documents.listDocuments(
          { project, knowledgeBase, pageSize: 100, pageToken, state: of, query: q },
          { signal },
        );
      const page = await list(listedState(state), pageParam);
      if (state !== 'pending' || pageParam !== '') return page;
      // The API lists one state at a time; few documents are past waiting and not yet done.
      const atWork = await Promise.all(statesAtWork.map((of) => list(of, '')));
      return { ...page, documents: [...atWork.flatMap(({ documents }) => documents), ...page.documents] };
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextPageToken || undefined,
    refetchInterval: (query) =>
      query.state.data?.pages.some((page) => page.documents.some(isWorkedOn)) ? liveMs : refreshMs,
    placeholderData: (previous) => previous,
  });

export const documentQuery = (project: string, knowledgeBase: string, document: string) =>
  queryOptions({
    queryKey: [...knowledgeBaseKey(project, knowledgeBase), 'document', document],
    queryFn: ({ signal }) => llmops.documents.getDocument({ project, knowledgeBase, document }, { signal }),
    refetchInterval: (query) => (query.state.data && isWorkedOn(query.state.data) ? liveMs : false),
  });

export const indexVersionsQuery = (project: string, knowledgeBase: string) =>
  queryOptions({
    queryKey: [...knowledgeBaseKey(project, knowledgeBase), 'indexVersions'],
    queryFn: async ({ signal }) =>
      (await llmops.indexVersions.listIndexVersions({ project, knowledgeBase, pageSize: 200 }, { signal }))
        .indexVersions,
    refetchInterval: (query) =>
      query.state.data?.some(({ state }) => state === IndexVersion_State.BUILDING) ? liveMs : refreshMs,
  });

/** For what does not change of one: its number, settings and models. */
export const indexVersionQuery = (project: string, knowledgeBase: string, indexVersion: string) =>
  queryOptions({
    queryKey: ['indexVersion', project, knowledgeBase, indexVersion],
    queryFn: ({ signal }) => llmops.indexVersions.getIndexVersion({ project, knowledgeBase, indexVersion }, { signal }),
    staleTime: 60_000,
  });

export const sourcesQuery = (project: string) =>
  queryOptions({
    queryKey: ['sources', project],
    queryFn: async ({ signal }) => (await llmops.sources.listSources({ project, pageSize: 200 }, { signal })).sources,
  });

const modelsOf = (task: Task) =>
  queryOptions({
    ...catalogueQuery,
    select: (models) => models.filter((model) => model.task === task),
  });

export const embeddingModelsQuery = modelsOf(Task.EMBEDDING);
export const rerankModelsQuery = modelsOf(Task.RERANK);
