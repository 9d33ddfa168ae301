import type { CheckRow } from './check-row.ts';

/** A row at fault; `value` is cut and never a whole secret. */
export interface Fault {
  readonly column: string;
  readonly value: string;
  readonly message: string;
  /** The index of the row it repeats. */
  readonly otherIndex?: number;
}

export interface FoundFault extends Fault {
  readonly rowId: string;
  readonly rowIndex: number;
}

export interface CheckEnd {
  readonly failedRows: number;
  readonly findings: readonly FoundFault[];
  /** In a sentence with figures. */
  readonly message: string;
  /** Of checks that judge the table and not its rows. */
  readonly failed?: boolean;
}

/** A check under way: sees every row once, in order, and then tells. */
export interface RunningCheck {
  see(row: CheckRow): void;
  end(rows: number): CheckEnd;
}

/** Rows at fault that are told one by one. */
export const mostFindings = 20;

/** A check that looks at one row at a time: `look` says what is wrong with it, `what` ends "3 of 10 rows …". */
export function rowCheck(what: string, look: (row: CheckRow) => Fault | undefined): RunningCheck {
  const findings: FoundFault[] = [];
  let failedRows = 0;
  return {
    see(row) {
      const fault = look(row);
      if (!fault) return;
      failedRows++;
      if (findings.length < mostFindings) findings.push({ ...fault, rowId: row.id, rowIndex: row.index });
    },
    end: (rows) => ({ failedRows, findings, message: countOf(failedRows, rows, what) }),
  };
}

const countOf = (failed: number, rows: number, what: string): string =>
  `${failed} of ${rows} ${rows === 1 ? 'row' : 'rows'} ${what}`;

const longest = 120;

/** A value as people see it in a report. */
export function shown(value: unknown, most = longest): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > most ? `${wellFormed(text.slice(0, most))}…` : wellFormed(text);
}

const lone = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Without halves of surrogate pairs: neither JSON columns nor protobuf take them. */
export const wellFormed = (text: string): string => text.replace(lone, '\ufffd');
export const isWellFormed = (text: string): boolean => text.search(lone) < 0;
