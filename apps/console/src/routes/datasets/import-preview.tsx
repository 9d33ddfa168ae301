import type { PreviewImportResponse, RowError } from '@llmops/contracts/data/v1/dataset';
import { Badge, cx } from '@llmops/ui';
import { formatNames, shapeNames } from './data-names.ts';
import { cellText, columnNames, contentOf, isNumeric } from './row-cells.ts';

/** What a file would become: how it was understood, its columns, its first rows, and what is wrong with it. */
export function ImportPreview({ preview }: { preview: PreviewImportResponse }) {
  const { format, shape, encoding, delimiter, rows, errors } = preview;
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
      {rows.length > 0 && <FirstRows preview={preview} />}
    </section>
  );
}

/** Denser than a page's table: it stands in a dialog. */
function FirstRows({ preview: { columns, rows } }: { preview: PreviewImportResponse }) {
  const types = new Map(columns.map(({ name, type, nullable }) => [name, nullable ? `${type}?` : type]));
  const names = columnNames([...types.keys()], rows);
  return (
    <div
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard
      tabIndex={0}
      className="scroll-thin max-h-64 overflow-auto rounded-md border border-line"
    >
      <table aria-label="First rows" className="min-w-full text-left text-xs">
        <thead className="sticky top-0 bg-surface">
          <tr>
            {names.map((name) => (
              <th key={name} scope="col" className="px-3 py-1.5 font-medium whitespace-nowrap">
                {name} <span className="font-mono font-normal text-faint">{types.get(name)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line border-t border-line">
          {rows.map(({ id, json }) => {
            const content = contentOf(json);
            return (
              <tr key={id}>
                {names.map((name) => (
                  <td
                    key={name}
                    className={cx('max-w-72 truncate px-3 py-1', isNumeric(types.get(name) ?? '') && 'tabular-nums')}
                  >
                    {cellText(content[name]).slice(0, 200)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

const delimiterName = (delimiter: string) => (delimiter === '\t' ? 'tabs' : `“${delimiter}”`);

function placeOf({ file, row, column }: RowError): string {
  const parts = [file, row > 0n && `row ${row}`, column && `column ${column}`].filter(Boolean);
  return parts.length > 0 ? `${parts.join(', ')}: ` : '';
}
