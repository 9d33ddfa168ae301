import type { StepJson } from '@llmops/contracts/gateway/v1/call';
import type { BuildContextRequest, BuildContextResponse } from '@llmops/contracts/retrieval/v1/search';
import type { Call } from '../call/call.ts';

/** The retrieval as steps of the call: what was asked and found, and below it where its time went. */
export function recordRetrieval(
  call: Call,
  request: BuildContextRequest,
  startMs: number,
  outcome: BuildContextResponse | Error,
): void {
  const failed = outcome instanceof Error;
  const search = failed ? undefined : outcome.search;
  const attributes: Record<string, unknown> = {
    'gen_ai.operation.name': 'retrieval',
    'gen_ai.data_source.id': request.knowledgeBase,
    ...(failed ? {} : { 'llmops.retrieval.support': outcome.support, 'llmops.retrieval.refused': outcome.refused }),
    ...(search && {
      'llmops.index_version': search.indexVersion,
      'llmops.index_digest': search.indexDigest,
      'llmops.retrieval.arms': search.arms.filter(({ used }) => used).map(({ name }) => name),
      'llmops.retrieval.fusion': search.fusion,
      'llmops.retrieval.reranker': search.reranker,
    }),
  };
  call.steps.push({
    name: `retrieval ${request.knowledgeBase}`,
    startMs,
    durationMs: call.elapsedMs() - startMs,
    status: failed ? 'STATUS_ERROR' : 'STATUS_OK',
    attributes: Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, JSON.stringify(value)])),
    inputJson: JSON.stringify(request.query),
    ...(failed ? { errorMessage: outcome.message.slice(0, 1_000).toWellFormed() } : { outputJson: found(outcome) }),
  });
  const parent = call.steps.length;
  let at = startMs;
  for (const { name, durationMs } of search?.timings ?? []) {
    call.steps.push({ name, startMs: at, durationMs, parent } satisfies StepJson);
    at += durationMs;
  }
}

const found = ({ citations }: BuildContextResponse): string =>
  JSON.stringify(
    citations.map(({ number, document, documentName, chunk, score, start, end }) => ({
      number,
      id: document,
      name: documentName,
      chunk,
      score,
      start,
      end,
    })),
  );
