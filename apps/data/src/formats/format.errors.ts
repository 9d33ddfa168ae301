import { AppError } from '@llmops/platform/errors';

export interface RowPlace {
  file: string;
  /** From 1; 0 when it is not known. */
  row?: number | undefined;
  column?: string | undefined;
}

/** Where and what, for people: `file "a.csv", row 3, column "b": …` */
const at = ({ file, row, column }: RowPlace): string =>
  [
    `file ${JSON.stringify(file)}`,
    row ? `row ${row}` : '',
    column === undefined ? '' : `column ${JSON.stringify(column)}`,
  ]
    .filter((part) => part !== '')
    .join(', ');

/** A row that cannot be taken as it is; nothing of its import is kept. */
export class RowError extends AppError {
  constructor(
    readonly place: RowPlace,
    readonly reason: string,
    code = 'data.row_invalid',
  ) {
    const field = [place.file, place.row ?? '', place.column ?? ''].join(':');
    super({ code, category: 'invalid', message: `${at(place)}: ${reason}`, fields: [{ field, message: reason }] });
  }
}

export const rowInvalid = (place: RowPlace, reason: string) => new RowError(place, reason);

/** The file as a whole: truncated, of another format, packed in a way that is not read. */
export const fileInvalid = (file: string, reason: string) => new RowError({ file }, reason, 'data.file_invalid');

export const encodingInvalid = (place: RowPlace, encoding: string) =>
  new RowError(place, `has bytes that are not ${encoding}; name the file's encoding`, 'data.encoding_invalid');

export const encodingUnknown = (encoding: string) =>
  new AppError({
    code: 'data.encoding_unknown',
    category: 'invalid',
    message: `encoding: ${JSON.stringify(encoding)} is not known; use utf-8, utf-16le, windows-1252, gbk, shift_jis.`,
    fields: [{ field: 'encoding', message: 'is not known' }],
  });
