import type { SearchResponse } from '@llmops/contracts/retrieval/v1/search';
import { cx } from '@llmops/ui';
import { type RankLine, rankLines } from './rank-lines.ts';

interface RankChartProps {
  response: SearchResponse;
  /** The chunk that is pointed at. */
  active: string | undefined;
  onActive: (chunk: string | undefined) => void;
}

const rowHeight = 22;

/** The same chunk in every ranking, joined by a line. What it shows is in the results as text too. */
export function RankChart({ response, active, onActive }: RankChartProps) {
  const { columns, rows, lines } = rankLines(response);
  const finalRank = new Map(response.results.map(({ chunk, rank }) => [chunk?.id, rank]));
  const last = Math.max(columns.length - 1, 1);
  const at = (column: number) => `${(column / last) * 100}%`;
  return (
    <div role="img" aria-label="Where each result stands in each ranking" className="px-4 py-3">
      <div className="relative mx-6 mb-1 h-9">
        {columns.map(({ id, label }, column) => (
          <span
            key={id}
            title={label}
            className={cx(
              'absolute bottom-0 line-clamp-2 text-2xs leading-[14px] break-words text-muted',
              column === 0
                ? '-left-6 text-left'
                : column === last
                  ? '-right-6 text-right'
                  : '-translate-x-1/2 text-center',
            )}
            style={{
              width: `min(5rem, calc(${100 / last}% - 4px))`,
              ...(column > 0 && column < last && { left: at(column) }),
            }}
          >
            {label}
          </span>
        ))}
      </div>
      <div className="relative mx-6" style={{ height: rows * rowHeight }} onPointerLeave={() => onActive(undefined)}>
        <svg
          aria-hidden
          className="absolute inset-0 size-full overflow-visible"
          viewBox={`0 0 ${last} ${rows}`}
          preserveAspectRatio="none"
        >
          {lines.map((line) => (
            <polyline
              key={line.chunk}
              points={pathOf(line)}
              fill="none"
              vectorEffect="non-scaling-stroke"
              strokeWidth={line.chunk === active ? 2.5 : 1.25}
              className={cx(
                'transition-[stroke]',
                line.chunk === active
                  ? 'stroke-accent'
                  : (finalRank.get(line.chunk) ?? 99) <= 3 && active === undefined
                    ? 'stroke-accent/45'
                    : 'stroke-line-strong',
              )}
            />
          ))}
        </svg>
        {columns.map(({ id, chunks }, column) =>
          chunks.slice(0, rows).map((chunk, row) => (
            <span
              key={`${id}/${chunk}`}
              onPointerEnter={() => onActive(finalRank.has(chunk) ? chunk : undefined)}
              className={cx(
                'absolute grid h-[18px] w-8 -translate-x-1/2 place-items-center rounded border text-2xs tabular-nums',
                chunk === active
                  ? 'border-accent bg-accent text-surface'
                  : finalRank.has(chunk)
                    ? 'border-line-strong bg-surface text-ink'
                    : 'border-transparent text-faint',
              )}
              style={{ left: at(column), top: row * rowHeight + 2 }}
            >
              {row + 1}
            </span>
          )),
        )}
      </div>
    </div>
  );
}

const pathOf = ({ points }: RankLine): string => points.map(({ column, row }) => `${column},${row + 0.5}`).join(' ');
