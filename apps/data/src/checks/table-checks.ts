import type { ClassBalanceCheck, FreshnessCheck, RowCountCheck } from '@llmops/contracts/data/v1/validation';
import { valuesAt } from './column-path.ts';
import type { RunningCheck } from './running-check.ts';

export function rowCountCheck({ min, max }: RowCountCheck): RunningCheck {
  return {
    see() {},
    end(rows) {
      const few = min !== undefined && rows < Number(min);
      const many = max !== undefined && rows > Number(max);
      const bound = few ? `, fewer than ${min}` : many ? `, more than ${max}` : '';
      return { failedRows: 0, findings: [], failed: few || many, message: `${rows} rows${bound}` };
    },
  };
}

/** Times are ISO 8601 texts, or numbers of seconds or milliseconds since 1970. */
export function freshnessCheck({ column, maxAgeS }: FreshnessCheck, now = Date.now()): RunningCheck {
  let newest = Number.NEGATIVE_INFINITY;
  return {
    see(row) {
      for (const value of valuesAt(row.value, column)) newest = Math.max(newest, timeOf(value));
    },
    end() {
      const common = { failedRows: 0, findings: [] };
      if (newest === Number.NEGATIVE_INFINITY) return { ...common, failed: true, message: `${column} holds no time` };
      const ageS = Math.round((now - newest) / 1000);
      const newestText = `The newest ${column} is ${new Date(newest).toISOString()}, ${ageS} s ago`;
      const failed = ageS > Number(maxAgeS);
      return { ...common, failed, message: failed ? `${newestText}, over ${maxAgeS} s` : newestText };
    },
  };
}

const latest = 8.64e15;

function timeOf(value: unknown): number {
  if (typeof value === 'number') {
    const time = Math.abs(value) < 1e11 ? value * 1000 : value;
    return Math.abs(time) <= latest ? time : Number.NEGATIVE_INFINITY;
  }
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time;
}

const mostClasses = 10_000;

export function classBalanceCheck({ column, minRatio }: ClassBalanceCheck): RunningCheck {
  const least = minRatio === 0 ? 0.1 : minRatio;
  const counts = new Map<string, number>();
  let tooMany = false;
  return {
    see(row) {
      for (const value of valuesAt(row.value, column)) {
        if (value === null || value === undefined) continue;
        const label = typeof value === 'string' ? value : JSON.stringify(value);
        if (counts.size >= mostClasses && !counts.has(label)) tooMany = true;
        else counts.set(label, (counts.get(label) ?? 0) + 1);
      }
    },
    end() {
      const common = { failedRows: 0, findings: [] };
      if (tooMany) return { ...common, failed: true, message: `${column} has more than ${mostClasses} classes` };
      if (counts.size < 2) return { ...common, failed: true, message: `${column} has ${counts.size} classes` };
      const sorted = [...counts].sort((a, b) => a[1] - b[1]);
      const [rarest, commonest] = [sorted[0]!, sorted.at(-1)!];
      const ratio = rarest[1] / commonest[1];
      const rare = sorted.filter(([, count]) => count < least * commonest[1]).length;
      const figures = `${JSON.stringify(rarest[0])} has ${rarest[1]} rows, ${JSON.stringify(commonest[0])} ${commonest[1]}`;
      return {
        ...common,
        failed: ratio < least,
        message: `${counts.size} classes of ${column}: ${figures}${rare > 0 ? `; ${rare} below ${least} of it` : ''}`,
      };
    },
  };
}
