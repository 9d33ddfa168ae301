import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { llmops } from '../../api/llmops.ts';
import { formatPrice } from '../../format/cost.ts';
import { formatDuration } from '../../format/duration.ts';
import { formatCount } from '../../format/quantity.ts';
import { type Turn, tokensPerSecond } from './chat-reducer.ts';

const endings: Record<string, string> = {
  length: 'cut at the token limit',
  tool_calls: 'calls tools',
  content_filter: 'filtered',
};

/** After an answer: how fast, how much, what it cost, and the way to its trace. */
export function TurnFooter({ turn, project }: { turn: Turn; project: string }) {
  if (turn.state === 'streaming') return null;
  const speed = tokensPerSecond(turn);
  const facts = [
    turn.state === 'stopped' && 'stopped',
    turn.finishReason && endings[turn.finishReason],
    turn.firstTokenAt !== undefined && `first token ${formatDuration(turn.firstTokenAt - turn.sentAt)}`,
    turn.usage && `${formatCount(turn.usage.inputTokens)} → ${formatCount(turn.usage.outputTokens)} tokens`,
    speed && `${speed.toFixed(1)} tokens/s`,
  ].filter(Boolean);
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {facts.map((fact) => (
        <span key={String(fact)}>{fact}</span>
      ))}
      {turn.traceId && <TurnTrace project={project} trace={turn.traceId} />}
    </span>
  );
}

/** Trace and cost are written behind the answer: asked for until they are there, so that the link leads somewhere. */
function TurnTrace({ project, trace }: { project: string; trace: string }) {
  const { data: price, isPending } = useQuery({
    queryKey: ['turnTrace', project, trace],
    queryFn: async ({ signal }) => {
      // It is hardly ever there at once: asking a little later saves an error in the browser's log.
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      return (await llmops.traces.getTrace({ project, trace }, { signal })).summary?.price ?? null;
    },
    retry: 6,
    retryDelay: (attempt) => Math.min(500 * 2 ** attempt, 4_000),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (isPending) return <span>storing the trace …</span>;
  return (
    <>
      {price && <span>{formatPrice(price)}</span>}
      <Link to="/p/$project/traces/$trace" params={{ project, trace }} className="text-accent hover:underline">
        Open trace
      </Link>
    </>
  );
}
