import type { Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { CandidateRepository, type FoundChunk } from './candidate.repository.ts';
import type { Scope } from './scope.ts';
import type { SearchHit } from './search-input.ts';

/** A parent is of at most so many chunks on each side of one of them. */
const mostParentChunks = 64;
/** Characters of all widened texts: a response has to fit into a message. */
const mostWidened = 2 << 20;

/**
 * Widens what is shown of each hit, best first, as far as a response holds; `start` and `end` say where that stands in the
 * document.
 */
@Injectable()
export class ExpandHits {
  constructor(private readonly candidates: CandidateRepository) {}

  async run(
    tx: Transaction,
    indexVersionId: string,
    scope: Scope,
    hits: readonly SearchHit[],
    { expand, neighbours }: { expand: 'none' | 'neighbours' | 'parent'; neighbours: number },
  ): Promise<SearchHit[]> {
    if (expand === 'none' || hits.length === 0) return [...hits];
    const reach = expand === 'parent' ? mostParentChunks : neighbours || 1;
    const spans = hits.map(({ chunk }) => ({
      documentOrdinal: chunk.documentOrdinal,
      fromPosition: Math.max(0, chunk.position - reach),
      toPosition: chunk.position + reach,
    }));
    const chunks = await this.candidates.around(tx, indexVersionId, scope, spans);
    const byDocument = Map.groupBy(chunks, ({ documentOrdinal }) => documentOrdinal);
    let widened = 0;
    return hits.map((hit) => {
      if (widened > mostWidened) return hit;
      const siblings = byDocument.get(hit.chunk.documentOrdinal) ?? [hit.chunk];
      const wide = expand === 'parent' ? parentOf(hit.chunk, siblings) : neighbourhood(hit.chunk, siblings, reach);
      widened += wide.text.length;
      return { ...hit, ...wide };
    });
  }
}

const parentOf = (chunk: FoundChunk, siblings: readonly FoundChunk[]) =>
  stitch(
    siblings.filter(({ start, end }) => start >= chunk.parentStart && end <= chunk.parentEnd),
    chunk,
  );

const neighbourhood = (chunk: FoundChunk, siblings: readonly FoundChunk[], reach: number) =>
  stitch(
    siblings.filter(({ position }) => Math.abs(position - chunk.position) <= reach),
    chunk,
  );

/** The text of chunks of one document in one piece. Between chunks stands nothing but white space: line ends fill it. */
function stitch(parts: readonly FoundChunk[], chunk: FoundChunk): { text: string; start: number; end: number } {
  const [first, ...rest] = parts.length > 0 ? [...parts].sort((one, other) => one.start - other.start) : [chunk];
  let { text, end } = first!;
  for (const part of rest) {
    if (part.end <= end) continue;
    text += part.start >= end ? '\n'.repeat(part.start - end) + part.text : part.text.slice(end - part.start);
    end = part.end;
  }
  return { text, start: first!.start, end };
}
