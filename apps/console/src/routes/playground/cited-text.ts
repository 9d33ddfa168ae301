import type { Citation, Turn } from './chat-reducer.ts';

const marker = /\[(\d{1,2}(?:\s*,\s*\d{1,2})*)\](?!\()/g;

/** Where a citation's passage is shown. */
export const citationUrl = (project: string, knowledgeBase: string, { document, start, end, page }: Citation): string =>
  `/p/${project}/knowledge/${knowledgeBase}/documents/${document}?start=${start}&end=${end}${page ? `&page=${page}` : ''}`;

/** The answer's Markdown with its `[n]` as links to the passages; numbers that were not given stay text. */
export function citedText({ text, grounding }: Turn, project: string): string {
  if (!grounding) return text;
  const cited = new Map(grounding.citations.map((citation) => [citation.number, citation]));
  return text.replaceAll(marker, (whole, numbers: string) => {
    const links = numbers.split(',').map((number) => {
      const citation = cited.get(Number(number.trim()));
      return citation && `[\\[${citation.number}\\]](${citationUrl(project, grounding.knowledge_base, citation)})`;
    });
    return links.every(Boolean) ? links.join(' ') : whole;
  });
}
