import { type Column, Table } from '@llmops/ui';
import { cellText, columnNames, contentOf, isNumeric, type RowContent } from './row-cells.ts';

interface ShownRow {
  id: string;
  json: string;
  index?: bigint;
  split?: string;
}

interface RowsTableProps<T extends ShownRow> {
  label: string;
  /** Declared columns, in order. */
  columns: readonly { name: string; type: string }[];
  rows: readonly T[];
  onOpen?: ((row: T) => void) | undefined;
}

const mostColumns = 40;

/** Rows of a dataset as a table; wide ones scroll sideways within their card. */
export function RowsTable<T extends ShownRow>({ label, columns, rows, onOpen }: RowsTableProps<T>) {
  const shown = rows.map((row) => ({ row, content: contentOf(row.json) }));
  const declared = columns.map(({ name }) => name);
  const numeric = new Set(columns.filter(({ type }) => isNumeric(type)).map(({ name }) => name));
  const names = columnNames(declared, rows).slice(0, mostColumns);
  const hasSplits = rows.some(({ split }) => split);
  return (
    <div className="scroll-thin overflow-x-auto">
      <Table
        label={label}
        columns={[
          numberColumn(),
          ...(hasSplits ? [splitColumn()] : []),
          ...names.map((name) => valueColumn(name, numeric.has(name))),
        ]}
        rows={shown}
        rowKey={({ row }) => row.id}
        onOpen={onOpen && (({ row }) => onOpen(row))}
      />
    </div>
  );
}

interface Shown {
  row: ShownRow;
  content: RowContent;
}

const numberColumn = (): Column<Shown> => ({
  id: '#',
  header: 'Row',
  align: 'end',
  card: 'title',
  className: 'w-0',
  cell: ({ row }) => (
    <span className="font-mono text-xs text-faint @max-2xl:block @max-2xl:text-left" title={row.id}>
      <span className="hidden font-sans @max-2xl:inline">Row </span>
      {row.index === undefined ? '' : String(row.index)}
    </span>
  ),
});

const splitColumn = (): Column<Shown> => ({
  id: '#split',
  header: 'Split',
  card: 'wide',
  className: 'w-0 whitespace-nowrap text-muted',
  cell: ({ row }) => row.split ?? '',
});

const valueColumn = (name: string, numeric: boolean): Column<Shown> => ({
  id: `column ${name}`,
  header: name,
  card: 'wide',
  align: numeric ? 'end' : 'start',
  className: numeric ? 'w-24' : 'min-w-24 max-w-96',
  cell: ({ content }) => {
    const value = content[name];
    const text = cellText(value);
    if (text === '') return <span className="text-faint">{value === '' ? 'empty' : '–'}</span>;
    const look = typeof value === 'object' ? 'font-mono text-xs' : '';
    return (
      <span className={`block truncate ${look}`} title={text.slice(0, 600)}>
        {text.slice(0, 300)}
      </span>
    );
  },
});
