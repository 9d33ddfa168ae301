import type { SearchResult } from '@llmops/contracts/retrieval/v1/search';
import { Badge, cx } from '@llmops/ui';
import { Link } from '@tanstack/react-router';
import { excerptOf, matchedParts } from './matched-text.ts';

interface SearchResultsProps {
  project: string;
  knowledgeBase: string;
  results: SearchResult[];
  active: string | undefined;
  onActive: (chunk: string | undefined) => void;
}

export function SearchResults({ results, ...rest }: SearchResultsProps) {
  return (
    <ol aria-label="Results" className="divide-y divide-line">
      {results.map((result) => (
        <li key={result.chunk?.id ?? result.rank}>
          <ResultItem result={result} {...rest} />
        </li>
      ))}
    </ol>
  );
}

type ResultItemProps = Omit<SearchResultsProps, 'results'> & { result: SearchResult };

function ResultItem({ project, knowledgeBase, result, active, onActive }: ResultItemProps) {
  const { rank, score, chunk, document, start, end, title, documentName } = result;
  const page = chunk?.page ?? 0;
  return (
    <Link
      to="/p/$project/knowledge/$knowledgeBase/documents/$document"
      params={{ project, knowledgeBase, document }}
      search={{ start, end, ...(page > 0 && { page }) }}
      onPointerEnter={() => onActive(chunk?.id)}
      onFocus={() => onActive(chunk?.id)}
      className={cx(
        'flex gap-3 border-l-2 px-4 py-3 -outline-offset-2',
        chunk?.id === active ? 'border-accent bg-hover/60' : 'border-transparent',
      )}
    >
      <span className="w-5 shrink-0 pt-px text-right font-semibold text-muted tabular-nums">{rank}</span>
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span className="min-w-0 flex-1 truncate font-medium">{title || documentName}</span>
          {page > 0 && <span className="shrink-0 text-xs text-faint">p. {page}</span>}
          <span className="shrink-0 text-xs text-muted tabular-nums" title="Orders these results; no more than that.">
            {score.toFixed(3)}
          </span>
        </span>
        <span className="block truncate text-2xs text-faint">
          {[documentName, ...(chunk?.headingPath ?? [])].join(' › ')}
        </span>
        <span className="mt-1.5 line-clamp-5 text-sm break-words whitespace-pre-line text-muted">
          <MatchedText text={excerptOf(result.text)} terms={result.matchedTerms} />
        </span>
        <span className="mt-2 flex flex-wrap gap-1.5">
          {result.armScores.map((arm) => (
            <Badge key={arm.arm}>
              {arm.arm} <span className="text-ink tabular-nums">#{arm.rank}</span>
            </Badge>
          ))}
        </span>
      </span>
    </Link>
  );
}

function MatchedText({ text, terms }: { text: string; terms: string[] }) {
  return matchedParts(text, terms).map((part, index) =>
    part.isMatch ? (
      <mark key={index} className="rounded-sm bg-warning-soft font-medium text-ink">
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  );
}
