import type { ChartSeries, SeriesColor } from './plot-options.ts';

const swatches: Record<SeriesColor, string> = {
  accent: 'bg-accent',
  'chart-2': 'bg-chart-2',
  'chart-3': 'bg-chart-3',
  danger: 'bg-danger',
  faint: 'bg-faint',
};

interface ChartLegendProps {
  series: ChartSeries[];
  /** Of the point under the cursor. */
  index: number | undefined;
  time: string | undefined;
  format: (value: number) => string;
}

export function ChartLegend({ series, index, time, format }: ChartLegendProps) {
  return (
    <figcaption className="flex h-5 items-center gap-3 overflow-hidden pl-1 text-2xs whitespace-nowrap text-muted tabular-nums">
      {series.map((entry) => {
        const value = index === undefined ? undefined : entry.values[index];
        return (
          <span key={entry.name} className="inline-flex items-center gap-1.5">
            <span className={`size-2 rounded-[2px] ${swatches[entry.color]}`} aria-hidden />
            {entry.name}
            {value !== undefined && <b className="font-semibold text-ink">{value === null ? '–' : format(value)}</b>}
          </span>
        );
      })}
      {time && <span className="ml-auto text-faint">{time}</span>}
    </figcaption>
  );
}
