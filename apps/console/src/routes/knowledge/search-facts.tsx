import type { Arm, SearchResponse, Timing } from '@llmops/contracts/retrieval/v1/search';
import { Badge, cx } from '@llmops/ui';
import { formatDuration } from '../../format/duration.ts';
import { formatCount } from '../../format/quantity.ts';

/** How well the results support an answer, with the line below which one would be refused. */
export function Support({ support, least }: { support: number; least: number }) {
  const isEnough = support >= least;
  return (
    <div className="flex flex-col gap-1.5 px-4 py-3">
      <div className="flex items-baseline justify-between gap-3">
        <span className="text-xs text-muted">Support for an answer</span>
        <span className="font-semibold tabular-nums">{support.toFixed(2)}</span>
      </div>
      <div className="relative h-1.5 rounded-full bg-hover">
        <div
          className={cx('h-full rounded-full', isEnough ? 'bg-success' : 'bg-warning')}
          style={{ width: `${Math.min(Math.max(support, 0), 1) * 100}%` }}
        />
        <span className="absolute -inset-y-1 w-px bg-ink" style={{ left: `${least * 100}%` }} aria-hidden />
      </div>
      <span className="text-xs text-faint">
        {isEnough ? `At ${least.toFixed(2)} or more a question is answered.` : `Below ${least.toFixed(2)}: refused.`}
      </span>
    </div>
  );
}

export function ArmList({ arms }: { arms: Arm[] }) {
  return (
    <ul className="divide-y divide-line">
      {arms.map((arm) => (
        <li key={arm.name} className="flex flex-col gap-0.5 px-4 py-2">
          <span className="flex items-center gap-2">
            <span className={cx('min-w-0 flex-1 truncate', !arm.used && 'text-faint line-through')}>{arm.name}</span>
            {arm.used ? <Badge>{arm.plan}</Badge> : <Badge tone="warning">not used</Badge>}
            <span className="w-16 shrink-0 text-right text-xs text-muted tabular-nums">
              {arm.used ? formatDuration(arm.durationMs) : ''}
            </span>
          </span>
          {arm.note && <span className="text-xs break-words text-warning">{arm.note}</span>}
        </li>
      ))}
    </ul>
  );
}

export function TimingList({ timings }: { timings: Timing[] }) {
  const longest = Math.max(...timings.map(({ durationMs }) => durationMs), 1);
  return (
    <dl className="grid grid-cols-[5rem_minmax(0,1fr)_4rem] items-center gap-x-3 gap-y-1 px-4 py-3 text-xs">
      {timings.map(({ name, durationMs }) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="h-1.5 rounded-full bg-hover" aria-hidden>
            <div
              className="h-full min-w-px rounded-full bg-accent/70"
              style={{ width: `${(durationMs / longest) * 100}%` }}
            />
          </dd>
          <dd className="text-right tabular-nums">{formatDuration(durationMs)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** How the search was done, in one line. */
export function SearchLine({ response, elapsedMs }: { response: SearchResponse; elapsedMs: number }) {
  const { results, matchingChunks, fusion, reranker, indexRevision } = response;
  const parts = [
    `${results.length} results`,
    matchingChunks >= 0n ? `${formatCount(matchingChunks)} chunks pass` : 'thousands of chunks pass',
    `fusion ${fusion}`,
    `rerank ${reranker || 'none'}`,
    `revision ${indexRevision}`,
    formatDuration(elapsedMs),
  ];
  return <span className="text-xs text-muted tabular-nums">{parts.join(' · ')}</span>;
}
