import type { MessageInitShape } from '@bufbuild/protobuf';
import type { Chunk, ChunkerSettingsSchema } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { llmops } from '../../api/llmops.ts';
import { knowledgeBaseKey } from './knowledge-queries.ts';
import type { TextRange } from './text-segments.ts';

export interface DocumentPlace {
  project: string;
  knowledgeBase: string;
  document: string;
}

const key = ({ project, knowledgeBase, document }: DocumentPlace) => [
  ...knowledgeBaseKey(project, knowledgeBase),
  'document',
  document,
];

/** More text than this is shown part by part. */
export const shownUnits = 100_000;

export const textQuery = (place: DocumentPlace, { start, end }: TextRange) =>
  queryOptions({
    queryKey: [...key(place), 'text', start, end],
    queryFn: ({ signal }) => llmops.documents.getDocumentText({ ...place, start, end }, { signal }),
    staleTime: 60_000,
  });

const mostChunks = 4_000;

/** Of the live index, in order; of a very large document its first ones. */
export const chunksQuery = (place: DocumentPlace) =>
  queryOptions({
    queryKey: [...key(place), 'chunks'],
    queryFn: async ({ signal }) => {
      const chunks: Chunk[] = [];
      let pageToken = '';
      do {
        const page = await llmops.documents.listChunks({ ...place, pageSize: 200, pageToken }, { signal });
        chunks.push(...page.chunks);
        pageToken = page.nextPageToken;
      } while (pageToken !== '' && chunks.length < mostChunks);
      return chunks;
    },
    staleTime: 60_000,
  });

export const previewQuery = (
  { document, ...place }: DocumentPlace,
  chunker: MessageInitShape<typeof ChunkerSettingsSchema> | undefined,
  embeddingModel: string,
) =>
  queryOptions({
    queryKey: [...key({ document, ...place }), 'preview', chunker, embeddingModel],
    queryFn: ({ signal }) =>
      llmops.documents.previewChunks(
        { ...place, content: { case: 'document', value: document }, chunker: chunker ?? {}, embeddingModel },
        { signal },
      ),
    enabled: chunker !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

const pathOf = ({ project, knowledgeBase, document }: DocumentPlace): string =>
  `/api/v1/projects/${encodeURIComponent(project)}/knowledgeBases/${encodeURIComponent(knowledgeBase)}` +
  `/documents/${encodeURIComponent(document)}`;

/** For an `<img>`: the session cookie speaks for a GET without more. */
export const pageImageUrl = (place: DocumentPlace, page: number, width: number): string =>
  `${pathOf(place)}/pages/${page}?width=${width}`;

/** The file as it came. */
export const fileUrl = (place: DocumentPlace): string => `${pathOf(place)}:read`;
