import { type KeyboardEvent, type MouseEvent, type ReactNode, useState } from 'react';
import { cx } from './cx.ts';

export interface Column<T> {
  id: string;
  header: string;
  cell: (row: T) => ReactNode;
  /** Numbers stand at the end, in tabular figures. */
  align?: 'start' | 'end';
  /** Width classes: `w-40`, `w-full max-w-0` for the column that takes what is left and truncates. */
  className?: string;
  /**
   * On a narrow container rows become cards. The title leads; labelled cells get their header and half the width, wide
   * ones all of it; actions end the card; hidden cells go.
   */
  card?: 'title' | 'labelled' | 'wide' | 'actions' | 'hidden';
}

interface TableProps<T> {
  label: string;
  columns: Column<T>[];
  rows: T[];
  rowKey: (row: T) => string;
  /** Makes rows openable by click and Enter; arrows, Home and End move between them. */
  onOpen?: ((row: T) => void) | undefined;
}

// Written out because `display: block`, which turns rows into cards, takes a table's own roles away in some browsers.
const roles = {
  table: { role: 'table' },
  rowgroup: { role: 'rowgroup' },
  row: { role: 'row' },
  columnheader: { role: 'columnheader' },
  cell: { role: 'cell' },
} as const;

/** Below 42 rem of container width rows are cards. */
export function Table<T>({ label, columns, rows, rowKey, onOpen }: TableProps<T>) {
  const [active, setActive] = useState(0);
  const tabStop = Math.min(active, rows.length - 1);
  return (
    <div className="@container">
      <div className="scroll-thin overflow-x-auto @4xl:overflow-visible">
        <table
          {...roles.table}
          aria-label={label}
          className="w-full border-separate border-spacing-0 text-left @max-2xl:block"
        >
          <thead {...roles.rowgroup} className="@max-2xl:sr-only">
            <tr {...roles.row}>
              {columns.map((column) => (
                <th
                  key={column.id}
                  {...roles.columnheader}
                  scope="col"
                  className={cx(
                    'sticky top-0 z-10 h-9 border-b border-line bg-surface px-3 text-xs font-medium whitespace-nowrap text-muted first:pl-4 last:pr-4',
                    column.align === 'end' && 'text-right',
                    column.className,
                  )}
                >
                  {column.card === 'actions' ? <span className="sr-only">{column.header}</span> : column.header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody {...roles.rowgroup} className="@max-2xl:block">
            {rows.map((row, index) => (
              <tr
                key={rowKey(row)}
                {...roles.row}
                tabIndex={onOpen ? (index === tabStop ? 0 : -1) : undefined}
                onFocus={onOpen && (() => setActive(index))}
                onKeyDown={onOpen && ((event) => onRowKey(event, () => onOpen(row)))}
                onClick={onOpen && ((event) => onRowClick(event, () => onOpen(row)))}
                className={cx(
                  'group/row focus-visible:-outline-offset-2 @max-2xl:grid @max-2xl:grid-flow-dense @max-2xl:grid-cols-2 @max-2xl:gap-x-6 @max-2xl:gap-y-1 @max-2xl:border-b @max-2xl:border-line @max-2xl:px-4 @max-2xl:py-3 last:border-b-0',
                  onOpen && 'cursor-pointer hover:bg-hover/60',
                )}
              >
                {columns.map((column) => (
                  <Cell key={column.id} column={column} row={row} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

const labelled = '@max-2xl:flex @max-2xl:items-baseline @max-2xl:justify-between @max-2xl:gap-3';
const cards = {
  title: '@max-2xl:order-first @max-2xl:col-span-2 @max-2xl:mb-0.5',
  labelled,
  wide: `${labelled} @max-2xl:col-span-2`,
  actions: '@max-2xl:order-last @max-2xl:col-span-2 @max-2xl:flex @max-2xl:justify-end @max-2xl:empty:hidden',
  hidden: '@max-2xl:hidden',
};

function Cell<T>({ column, row }: { column: Column<T>; row: T }) {
  const card = column.card ?? 'labelled';
  return (
    <td
      {...roles.cell}
      className={cx(
        'h-10 border-b border-line px-3 py-1.5 align-middle group-last/row:border-b-0 first:pl-4 last:pr-4',
        '@max-2xl:h-auto @max-2xl:w-auto @max-2xl:max-w-none @max-2xl:border-0 @max-2xl:p-0 @max-2xl:first:pl-0 @max-2xl:last:pr-0',
        column.align === 'end' && 'text-right tabular-nums',
        column.className,
        cards[card],
      )}
    >
      {(card === 'labelled' || card === 'wide') && (
        <span className="hidden shrink-0 text-xs text-faint @max-2xl:inline" aria-hidden>
          {column.header}
        </span>
      )}
      {column.cell(row)}
    </td>
  );
}

function onRowKey(event: KeyboardEvent<HTMLTableRowElement>, open: () => void) {
  const row = event.currentTarget;
  if (event.target !== row) return;
  const target = {
    ArrowDown: row.nextElementSibling,
    ArrowUp: row.previousElementSibling,
    Home: row.parentElement?.firstElementChild,
    End: row.parentElement?.lastElementChild,
  }[event.key];
  if (event.key === 'Enter') open();
  else if (target instanceof HTMLElement) target.focus();
  else return;
  event.preventDefault();
}

function onRowClick(event: MouseEvent<HTMLTableRowElement>, open: () => void) {
  const within = event.target instanceof Element && event.target.closest('a, button, input, select');
  if (!within && !window.getSelection()?.toString()) open();
}
