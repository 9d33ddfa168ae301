import type { ColumnProfile, ValueCount } from '@llmops/contracts/data/v1/validation';
import { formatCount, formatShare } from '../../format/quantity.ts';
import { formatFigure, shareOf } from './figures.ts';
import { Histogram } from './histogram.tsx';

/** One column: what it holds, how it is spread, what is most often. */
export function ColumnCard({ column, rows }: { column: ColumnProfile; rows: bigint }) {
  const { name, type, nullCount, distinctCount, histogram, topValues, languages } = column;
  const isText = column.meanLength !== undefined;
  return (
    <li className="grid min-w-0 gap-x-8 gap-y-3 px-4 py-4 md:grid-cols-2 xl:grid-cols-[minmax(0,1fr)_minmax(0,1.3fr)_minmax(0,1.3fr)]">
      <div className="min-w-0">
        <h3 className="flex min-w-0 items-baseline gap-2">
          <span className="truncate font-semibold">{name}</span>
          <code className="shrink-0 font-mono text-xs text-muted">{type}</code>
        </h3>
        <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 text-xs tabular-nums">
          <Fact label="Null" value={`${formatCount(nullCount)} (${formatShare(nullCount, rows)})`} />
          <Fact label="Distinct" value={`${formatCount(distinctCount)} (${formatShare(distinctCount, rows)})`} />
          {figuresOf(column).map(([label, value]) => (
            <Fact key={label} label={label} value={value} />
          ))}
        </dl>
      </div>
      <div className="min-w-0">
        {histogram.length > 0 && (
          <Histogram bins={histogram} label={`${name}: ${isText ? 'lengths of texts' : 'values'}`} />
        )}
        {histogram.length > 0 && (
          <p className="mt-1 text-xs text-faint">{isText ? 'Length in characters' : 'Values'}</p>
        )}
        <Quantiles quantiles={column.quantiles} />
      </div>
      <div className="min-w-0 md:max-xl:col-span-2">
        <TopValues title="Most often" values={topValues} rows={rows} />
        {languages.length > 0 && (
          <p className="mt-2 text-xs text-muted">
            Languages: {languages.map(({ value, count }) => `${value} ${formatShare(count, rows)}`).join(', ')}
          </p>
        )}
      </div>
    </li>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="truncate">{value}</dd>
    </>
  );
}

function figuresOf(column: ColumnProfile): [string, string][] {
  const { min, max, mean, standardDeviation, meanLength, maxLength, meanTokens, maxTokens } = column;
  const figures: [string, string | undefined][] = [
    ['Range', min !== undefined && max !== undefined ? `${formatFigure(min)} to ${formatFigure(max)}` : undefined],
    ['Mean', mean !== undefined ? withDeviation(mean, standardDeviation) : undefined],
    ['Length', meanLength !== undefined ? `${formatFigure(meanLength)} mean, ${maxLength ?? '–'} most` : undefined],
    ['Tokens', meanTokens !== undefined ? `${formatFigure(meanTokens)} mean, ${maxTokens ?? '–'} most` : undefined],
  ];
  return figures.flatMap(([label, value]) => (value === undefined ? [] : [[label, value] as [string, string]]));
}

const withDeviation = (mean: number, deviation: number | undefined): string =>
  deviation === undefined ? formatFigure(mean) : `${formatFigure(mean)} ± ${formatFigure(deviation)}`;

const levels = ['5 %', '25 %', '50 %', '75 %', '95 %'];

function Quantiles({ quantiles }: { quantiles: number[] }) {
  if (quantiles.length === 0) return null;
  return (
    <dl className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs tabular-nums">
      {quantiles.map((value, at) => (
        <div key={levels[at] ?? at} className="flex gap-1.5">
          <dt className="text-faint">{levels[at]}</dt>
          <dd>{formatFigure(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function TopValues({ title, values, rows }: { title: string; values: ValueCount[]; rows: bigint }) {
  if (values.length === 0) return null;
  return (
    <table className="w-full table-fixed text-xs">
      <caption className="mb-1 text-left text-faint">{title}</caption>
      <tbody>
        {values.slice(0, 6).map(({ value, count }) => (
          <tr key={value}>
            <td className="truncate py-px pr-3" title={value}>
              {value === '' ? <span className="text-faint">empty</span> : value}
            </td>
            <td className="w-24 py-px" aria-hidden>
              <span
                className="block h-1.5 rounded-full bg-accent/60"
                style={{ width: `${Math.max(shareOf(count, rows) * 100, 2)}%` }}
              />
            </td>
            <td className="w-20 py-px text-right text-muted tabular-nums">{formatCount(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
