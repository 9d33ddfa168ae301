import { Badge, cx } from '@llmops/ui';
import { Link } from '@tanstack/react-router';
import { FileText } from 'lucide-react';
import type { Citation, Turn } from './chat-reducer.ts';

/** What an answer was given to stand on, what it used of that first. Each leads to its passage. */
export function TurnSources({ turn, project }: { turn: Turn; project: string }) {
  const { grounding, annotations = [] } = turn;
  if (!grounding) return null;
  if (grounding.refused) {
    return (
      <p className="text-xs text-muted">
        Nothing in the documents supports an answer (support {grounding.support.toFixed(2)}): the model was not asked.
      </p>
    );
  }
  const used = new Set(annotations.map(({ citation }) => citation));
  const sorted = [...grounding.citations].sort((a, b) => Number(used.has(b.number)) - Number(used.has(a.number)));
  return (
    <ol aria-label="Sources" className="mt-2 flex flex-wrap gap-1.5">
      {sorted.map((citation) => (
        <li key={citation.number} className="min-w-0 max-w-full">
          <Source
            citation={citation}
            isUsed={used.has(citation.number)}
            project={project}
            knowledgeBase={grounding.knowledge_base}
          />
        </li>
      ))}
    </ol>
  );
}

interface SourceProps {
  citation: Citation;
  isUsed: boolean;
  project: string;
  knowledgeBase: string;
}

function Source({ citation, isUsed, project, knowledgeBase }: SourceProps) {
  const { number, document, document_name: name, title, heading_path: headings, start, end, page } = citation;
  const look = 'flex items-center gap-1.5 rounded-md border px-2 py-1 text-xs hover:border-accent hover:text-ink';
  return (
    <Link
      to="/p/$project/knowledge/$knowledgeBase/documents/$document"
      params={{ project, knowledgeBase, document }}
      search={{ start, end, ...(page ? { page } : {}) }}
      title={[title || name, ...headings].join(' › ')}
      className={cx(look, isUsed ? 'border-accent/50 text-ink' : 'border-line text-muted')}
    >
      <FileText className="size-3 shrink-0" aria-hidden />
      <span className="font-mono">[{number}]</span>
      <span className="truncate">{title || name}</span>
      {page !== undefined && <span className="shrink-0 text-faint">p. {page}</span>}
      {citation.suspicious && <Badge tone="warning">reads like instructions</Badge>}
    </Link>
  );
}
