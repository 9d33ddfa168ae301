import type { BuildContextResponse, Citation } from '@llmops/contracts/retrieval/v1/search';
import { type Attribution, attribute } from './attribute.ts';

/** What an answer says of where it came from: the member `retrieval` beside OpenAI's own. */
export interface RetrievalReport {
  knowledge_base: string;
  index_version: string;
  index_digest: string;
  index_revision: number;
  /** Nothing in the documents supports an answer. */
  refused: boolean;
  /** 0 to 1. */
  support: number;
  /** What was searched for, when it is not the question itself. */
  query?: string;
  citations: ReportedCitation[];
}

export interface ReportedCitation {
  number: number;
  document: string;
  document_name: string;
  title: string;
  uri: string;
  /** Opens the document at the passage. */
  url: string;
  chunk: string;
  heading_path: string[];
  text: string;
  start: number;
  end: number;
  page?: number;
  regions?: { page: number; x0: number; y0: number; x1: number; y1: number }[];
  score: number;
  media_type: string;
  suspicious?: boolean;
}

/** OpenAI's annotation of a message, and which citation it is of. */
export interface Annotation {
  type: 'url_citation';
  url_citation: { start_index: number; end_index: number; url: string; title: string };
  citation: number;
  inferred: boolean;
}

export function reportOf(project: string, knowledgeBase: string, context: BuildContextResponse): RetrievalReport {
  return {
    knowledge_base: knowledgeBase,
    index_version: context.search?.indexVersion ?? '',
    index_digest: context.search?.indexDigest ?? '',
    index_revision: Number(context.search?.indexRevision ?? 0),
    refused: context.refused,
    support: context.support,
    ...(context.rewrittenQuery === '' ? {} : { query: context.rewrittenQuery }),
    citations: context.citations.map((citation) => reported(project, citation)),
  };
}

export function annotationsOf(answer: string, { citations }: RetrievalReport): Annotation[] {
  const cited = new Map(citations.map((citation) => [citation.number, citation]));
  return attribute(answer, citations).map(({ start, end, number, inferred }: Attribution) => {
    const { url, title, document_name } = cited.get(number)!;
    return {
      type: 'url_citation',
      url_citation: { start_index: start, end_index: end, url, title: title || document_name },
      citation: number,
      inferred,
    };
  });
}

function reported(project: string, citation: Citation): ReportedCitation {
  return {
    number: citation.number,
    document: citation.document,
    document_name: citation.documentName,
    title: citation.title,
    uri: citation.uri,
    url: /^https?:/.test(citation.uri) ? citation.uri : consoleUrl(project, citation),
    chunk: citation.chunk,
    heading_path: citation.headingPath,
    text: citation.text,
    start: citation.start,
    end: citation.end,
    ...(citation.page > 0 ? { page: citation.page } : {}),
    ...(citation.regions.length > 0
      ? { regions: citation.regions.map(({ page, x0, y0, x1, y1 }) => ({ page, x0, y0, x1, y1 })) }
      : {}),
    score: citation.score,
    media_type: citation.mediaType,
    ...(citation.suspicious ? { suspicious: true } : {}),
  };
}

/** The console's page of the document, at the passage. */
const consoleUrl = (project: string, { knowledgeBase, document, start, end }: Citation): string =>
  `/p/${project}/knowledge/${knowledgeBase}/documents/${document}?start=${start}&end=${end}`;
