import {
  type DetectedFormat,
  detectFormat,
  fileInvalid,
  type JsonRow,
  type LocalFile,
  type ReadOptions,
  type RowPlace,
  readRows,
  rowInvalid,
} from '../../formats/index.ts';
import { convertShape, detectShape, type RowShape, ShapeError } from '../../shapes/index.ts';
import { schemaOf } from '../../versions/index.ts';

export interface ImportedRow {
  row: JsonRow;
  place: RowPlace;
}

export interface ImportOptions extends ReadOptions {
  /** What the rows become; as they are without. */
  shape?: RowShape | undefined;
  /** Told of each file before its first row. */
  onFile?: (file: LocalFile, detected: DetectedFormat) => void;
}

/** The rows of all files in turn, each in the shape asked for. */
export async function* importRows(
  files: readonly LocalFile[],
  options: ImportOptions,
): AsyncGenerator<ImportedRow, void> {
  const convert = shapeConverter(options.shape);
  for (const file of files) {
    const detected = await detectFormat(file, options);
    options.onFile?.(file, detected);
    for await (const { row, place } of readRows(file, options, detected)) {
      const at = { file: file.name, row: place };
      yield { row: convert(row, at), place: at };
    }
  }
}

/** Turns rows into a shape; what they are is taken from the first one. */
export function shapeConverter(to: RowShape | undefined): (row: JsonRow, place: RowPlace) => JsonRow {
  let from: RowShape | undefined;
  return (row, place) => {
    if (to === undefined) return row;
    from ??= detectShape(schemaOf(row));
    try {
      return convertShape(row, from, to);
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error;
      if (error.column === '') throw fileInvalid(place.file, `${error.message}; they cannot become ${to}`);
      throw rowInvalid({ ...place, column: error.column }, error.message);
    }
  };
}
