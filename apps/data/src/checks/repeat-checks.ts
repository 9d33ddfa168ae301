import type {
  DuplicateCheck,
  NearDuplicateCheck,
  SplitLeakageCheck,
  UniqueCheck,
} from '@llmops/contracts/data/v1/validation';
import { FirstSeen, hashRow, NearIndex, shinglesOf } from '../duplicates/index.ts';
import type { CheckRow } from './check-row.ts';
import { textsOf, valuesAt } from './column-path.ts';
import { type RunningCheck, rowCheck, shown } from './running-check.ts';

/** As in SQL, rows where one of the columns is null are not compared. */
export function uniqueCheck({ columns }: UniqueCheck): RunningCheck {
  const seen = new FirstSeen();
  return rowCheck(`repeat ${columns.join(' + ')}`, ({ index, value }) => {
    const key = columns.map((column) => valuesAt(value, column)[0] ?? null);
    if (key.includes(null)) return undefined;
    const otherIndex = seen.add(hashRow({ key }, []), index);
    return otherIndex < 0
      ? undefined
      : {
          column: columns.join(', '),
          value: shown(columns.length === 1 ? key[0] : key),
          message: 'is not unique',
          otherIndex,
        };
  });
}

export function duplicateCheck({ columns }: DuplicateCheck): RunningCheck {
  const seen = new FirstSeen();
  const where = columns.length === 0 ? '' : ` in ${columns.join(', ')}`;
  return rowCheck(`repeat another row${where}`, ({ index, value }) => {
    const otherIndex = seen.add(hashRow(value, columns), index);
    return otherIndex < 0
      ? undefined
      : { column: columns.join(', '), value: shownText(value, columns), message: 'is the same', otherIndex };
  });
}

const defaultThreshold = 0.8;

export function nearDuplicateCheck({ columns, threshold }: NearDuplicateCheck): RunningCheck {
  const least = threshold === 0 ? defaultThreshold : threshold;
  const near = new NearIndex(least);
  return rowCheck(`are near duplicates of another, from similarity ${least}`, ({ index, value }) => {
    const found = near.add(index, shinglesOf(textOf(value, columns)));
    return (
      found && {
        column: columns.join(', '),
        value: shownText(value, columns),
        message: `is ${percent(found.similarity)} alike`,
        otherIndex: found.index,
      }
    );
  });
}

/** Rows of one split that are in another too: word for word, and nearly when there is a threshold. */
export function splitLeakageCheck({ columns, threshold }: SplitLeakageCheck): RunningCheck {
  const splits: string[] = [];
  const exact: FirstSeen[] = [];
  const near = threshold > 0 ? new NearIndex(threshold) : undefined;
  const numberOf = (split: string) => {
    if (!splits.includes(split)) {
      splits.push(split);
      exact.push(new FirstSeen());
    }
    return splits.indexOf(split);
  };
  const check = rowCheck('are in another split too', ({ index, value, split }: CheckRow) => {
    if (split === '') return undefined;
    const own = numberOf(split);
    const hash = hashRow(value, columns);
    exact[own]!.add(hash, index);
    const others = splits.map((_, each) => each).filter((each) => each !== own);
    const common = { column: columns.join(', '), value: shownText(value, columns) };
    const similar = near?.add(index, shinglesOf(textOf(value, columns)), own, others);
    for (const other of others) {
      const otherIndex = exact[other]!.get(hash);
      if (otherIndex >= 0) return { ...common, message: `of ${split} is in ${splits[other]} too`, otherIndex };
    }
    return (
      similar && {
        ...common,
        message: `of ${split} is ${percent(similar.similarity)} alike to one of another split`,
        otherIndex: similar.index,
      }
    );
  });
  return {
    see: check.see,
    end: (rows) => (splits.length < 2 ? { ...check.end(rows), message: 'There are no two splits' } : check.end(rows)),
  };
}

const textOf = (row: Readonly<Record<string, unknown>>, columns: readonly string[]): string =>
  textsOf(row, columns)
    .map(({ text }) => text)
    .join('\n');

function shownText(row: Readonly<Record<string, unknown>>, columns: readonly string[]): string {
  return shown(textOf(row, columns) || row);
}

const percent = (share: number): string => `${Math.round(share * 100)}%`;
