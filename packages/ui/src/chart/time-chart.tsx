import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatTime } from '../format-time.ts';
import { useTheme } from '../theme.ts';
import { ChartLegend } from './chart-legend.tsx';
import { type ChartSeries, plotOptions } from './plot-options.ts';
import { stackSeries } from './stack-series.ts';

export type { ChartSeries } from './plot-options.ts';

interface TimeChartProps {
  /** What is drawn, for those who cannot see it. */
  label: string;
  /** Unix seconds, ascending. */
  times: number[];
  series: ChartSeries[];
  /** Bars are stacked, the first series on top. */
  kind?: 'line' | 'bars';
  format: (value: number) => string;
  /** Charts with the same key share their cursor. */
  syncKey?: string | undefined;
  height?: number;
  /** The least upper end of the axis, in the values' unit; 1 by default. */
  reach?: number;
}

/** Values over time. The legend shows the figures under the cursor, so nothing floats over the drawing. */
export function TimeChart(props: TimeChartProps) {
  const { label, times, series, kind = 'line', format, syncKey, height = 168, reach = 1 } = props;
  const element = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const { resolved } = useTheme();
  const [cursor, setCursor] = useState<number>();
  const values =
    kind === 'bars' ? stackSeries(series.map((entry) => entry.values)) : series.map((entry) => entry.values);
  const data = [times, ...values] as uPlot.AlignedData;
  const latest = useRef({ data, format });
  latest.current = { data, format };
  const look = JSON.stringify(series.map(({ name, color }) => ({ name, color })));

  // `resolved` is a dependency because the theme's colours are read from the page.
  useEffect(() => {
    const host = element.current;
    if (host === null) return;
    const options = plotOptions(
      { kind, series: JSON.parse(look), format: (value) => latest.current.format(value), syncKey, height, reach },
      host,
      setCursor,
    );
    const made = new uPlot(options, latest.current.data, host);
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: host.clientWidth, height }));
    observer.observe(host);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = undefined;
    };
  }, [kind, look, syncKey, height, reach, resolved]);

  const digest = JSON.stringify(data);
  // The digest stands for the data, whose arrays are new at each render.
  useEffect(() => plot.current?.setData(latest.current.data), [digest]);

  const at = cursor !== undefined && cursor < times.length ? cursor : undefined;
  return (
    <figure className="min-w-0">
      <ChartLegend
        series={series}
        index={at}
        time={at === undefined ? undefined : formatTime(new Date((times[at] ?? 0) * 1000))}
        format={format}
      />
      <div ref={element} role="img" aria-label={label} style={{ height }} className="w-full min-w-0" />
    </figure>
  );
}
