import type { Bin } from '@llmops/contracts/data/v1/validation';
import { formatCount } from '../../format/quantity.ts';
import { barsOf, formatFigure } from './figures.ts';

/** Small bars; each names its range and count to the pointer. */
export function Histogram({ bins, label }: { bins: Bin[]; label: string }) {
  const bars = barsOf(bins);
  return (
    <figure className="min-w-0">
      <svg
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
        className="h-20 w-full border-b border-line"
        role="img"
        aria-label={label}
      >
        {bars.map(({ x, width, height }, at) => (
          <rect
            key={x}
            x={x + width * 0.04}
            y={100 - height}
            width={width * 0.92}
            height={height}
            className="fill-accent/70 hover:fill-accent"
          >
            <title>{titleOf(bins[at])}</title>
          </rect>
        ))}
      </svg>
      <figcaption className="flex justify-between text-2xs text-faint tabular-nums">
        <span>{formatFigure(bins[0]?.from ?? 0)}</span>
        <span>{formatFigure(bins.at(-1)?.to ?? 0)}</span>
      </figcaption>
    </figure>
  );
}

const titleOf = (bin: Bin | undefined): string =>
  bin ? `${formatFigure(bin.from)} to ${formatFigure(bin.to)}: ${formatCount(bin.count)}` : '';
