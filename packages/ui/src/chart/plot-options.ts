import uPlot from 'uplot';
import { isolatedPoints } from './isolated-points.ts';

export type SeriesColor = 'accent' | 'chart-2' | 'chart-3' | 'danger' | 'faint';

export interface ChartSeries {
  name: string;
  color: SeriesColor;
  /** One for each time; null where there is nothing to show. */
  values: (number | null)[];
}

export interface PlotLook {
  kind: 'line' | 'bars';
  series: { name: string; color: SeriesColor }[];
  format: (value: number) => string;
  syncKey: string | undefined;
  height: number;
  /** The axis reaches at least this far, so that nothing but zeros does not look like something tiny. */
  reach: number;
}

/** uPlot's options in the page's colours, read from the tokens at the time of the call. */
export function plotOptions(
  look: PlotLook,
  element: HTMLElement,
  onCursor: (index: number | undefined) => void,
): uPlot.Options {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const font = `11px ${style.fontFamily}`;
  const axis = { stroke: token('faint'), font, ticks: { show: false } };
  return {
    width: element.clientWidth || 300,
    height: look.height,
    padding: [8, 18, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: false, y: false },
      points: { show: look.kind === 'line', size: 6 },
      ...(look.syncKey === undefined ? {} : { sync: { key: look.syncKey, setSeries: false } }),
    },
    scales: { x: { time: true }, y: { range: (_, __, max) => [0, Math.max(look.reach, (max ?? 0) * 1.12)] } },
    axes: [
      { ...axis, grid: { show: false }, space: 70, size: 24, gap: 6, values: (u, splits) => timeLabels(u, splits) },
      {
        ...axis,
        grid: { stroke: token('line'), width: 1 },
        space: 36,
        gap: 6,
        size: 58,
        values: (_, splits) => splits.map(look.format),
      },
    ],
    series: [{}, ...look.series.map(({ color }) => seriesLook(look.kind, token(color)))],
    hooks: { setCursor: [(u) => onCursor(u.cursor.idx ?? undefined)] },
  };
}

function seriesLook(kind: PlotLook['kind'], color: string): uPlot.Series {
  if (kind === 'bars') {
    const paths = uPlot.paths.bars?.({ size: [0.72, 22], align: 1, radius: 0.12 });
    return { stroke: color, fill: color, width: 0, points: { show: false }, ...(paths && { paths }) };
  }
  const points: uPlot.Series.Points = {
    show: true,
    size: 4,
    fill: color,
    filter: (u, series) => isolatedPoints(u.data[series] ?? []),
  };
  return { stroke: color, width: 1.5, fill: withAlpha(color, 0.09), points, spanGaps: false };
}

function withAlpha(color: string, alpha: number): string {
  return color.replace(/\)$/, ` / ${alpha})`);
}

function timeLabels(u: uPlot, splits: number[]): string[] {
  const { min = 0, max = 0 } = u.scales['x'] ?? {};
  const days = (max ?? 0) - (min ?? 0) > 2 * 86_400;
  return splits.map((seconds) => {
    const date = new Date(seconds * 1000);
    if (days) return date.toLocaleDateString('en-US', { month: 'short', day: 'numeric' });
    return date.toLocaleTimeString('en-US', { hourCycle: 'h23', hour: '2-digit', minute: '2-digit' });
  });
}
