import type { PreviewImportResponse, RowError } from '@llmops/contracts/data/v1/dataset';
import { Badge } from '@llmops/ui';
import { formatNames, shapeNames } from './data-names.ts';
import { RowsTable } from './rows-table.tsx';

/** What a file would become: how it was understood, its columns, its first rows, and what is wrong with it. */
export function ImportPreview({ preview }: { preview: PreviewImportResponse }) {
  const { format, shape, encoding, delimiter, columns, rows, errors } = preview;
  const facts = [
    formatNames[format],
    shapeNames[shape],
    encoding,
    delimiter && `separated by ${delimiterName(delimiter)}`,
  ];
  return (
    <section aria-label="Preview" className="flex min-w-0 flex-col gap-3">
      <p className="flex flex-wrap gap-1.5">
        {facts.filter(Boolean).map((fact) => (
          <Badge key={fact}>{fact}</Badge>
        ))}
        {columns.map(({ name, type, nullable }) => (
          <Badge key={`column ${name}`} className="max-w-full truncate">
            {name} <span className="font-mono font-normal">{nullable ? `${type}?` : type}</span>
          </Badge>
        ))}
      </p>
      {errors.length > 0 && (
        <ul role="alert" className="flex flex-col gap-1 rounded-md bg-danger-soft px-3 py-2 text-danger">
          {errors.slice(0, 5).map((error) => (
            <li key={`${error.file} ${error.row}`} className="break-words">
              {placeOf(error)}
              {error.message}
            </li>
          ))}
        </ul>
      )}
      {rows.length > 0 && (
        <div className="scroll-thin max-h-64 overflow-y-auto rounded-md border border-line">
          <RowsTable label="First rows" columns={columns} rows={rows} />
        </div>
      )}
    </section>
  );
}

const delimiterName = (delimiter: string) => (delimiter === '\t' ? 'tabs' : `“${delimiter}”`);

function placeOf({ file, row, column }: RowError): string {
  const parts = [file, row > 0n && `row ${row}`, column && `column ${column}`].filter(Boolean);
  return parts.length > 0 ? `${parts.join(', ')}: ` : '';
}
