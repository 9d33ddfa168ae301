import { checkRow } from './check-row.ts';
import { fileInvalid, rowInvalid } from './format.errors.ts';
import { JsonDocumentError, type JsonElement, JsonElements } from './json-elements.ts';
import { parseJson } from './parse-json.ts';
import { limits, type ParsedRow } from './row.ts';
import { articleRows, isArticle } from './squad.ts';

// Arrays under these keys are a row's own: the document is one row.
const ownArrays = new Set(['messages', 'conversations', 'answers']);

/**
 * The elements of a JSON array, or of the one array of objects that an object holds; an object without one is a single
 * row. Articles of SQuAD's nested form become one row a question.
 */
export async function* readJson(pieces: AsyncIterable<string>, file: string): AsyncGenerator<ParsedRow, void> {
  const elements = new JsonElements(limits.elementBytes);
  // The whole document while it may still be a single row.
  let whole: string | undefined = '';
  let chosen: string | undefined;
  let place = 0;
  try {
    for await (const piece of pieces) {
      if (whole !== undefined) whole = whole.length + piece.length > limits.rowBytes ? undefined : whole + piece;
      for (const element of elements.push(piece)) {
        if (element.key !== '' && !isRowArray(element)) continue;
        if (chosen !== undefined && element.key !== chosen) {
          throw fileInvalid(
            file,
            `has several arrays of objects, ${JSON.stringify(chosen)} and ${JSON.stringify(element.key)}; keep one`,
          );
        }
        chosen = element.key;
        for (const row of rowsOf(element.text, file, place)) {
          place += 1;
          yield { row, place };
        }
      }
    }
    elements.end();
  } catch (error) {
    throw error instanceof JsonDocumentError ? fileInvalid(file, `after row ${place}: ${error.message}`) : error;
  }
  if (chosen === undefined) yield* singleRow(whole, file);
}

const isRowArray = ({ text, key }: JsonElement): boolean => text.startsWith('{') && !ownArrays.has(key);

function rowsOf(text: string, file: string, before: number) {
  const place = { file, row: before + 1 };
  const row = checkRow(parse(text, place), place);
  return isArticle(row) ? articleRows(row, place) : [row];
}

function* singleRow(whole: string | undefined, file: string): Generator<ParsedRow> {
  if (whole === undefined) throw fileInvalid(file, 'holds no array of objects');
  const place = { file, row: 1 };
  const value = parse(whole, place);
  if (Array.isArray(value)) return;
  yield { row: checkRow(value, place), place: 1 };
}

function parse(text: string, place: { file: string; row: number }): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw rowInvalid(place, `is not JSON: ${(error as Error).message}`);
  }
}
