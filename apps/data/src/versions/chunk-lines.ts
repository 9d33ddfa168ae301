/** A row as it stands in a chunk: its id, and its JSON as text. */
export interface StoredRow {
  id: string;
  json: string;
}

const beforeId = '{"id":"';
const afterId = '","row":';

/** The line of a row. Ids hold nothing that JSON escapes. */
export const chunkLine = (id: string, json: string): string => `${beforeId}${id}${afterId}${json}}\n`;

/** The rows of a chunk's text, which are cut out, not parsed: most readers pass them on as they are. */
export function rowsOfChunk(text: string): StoredRow[] {
  const rows: StoredRow[] = [];
  let start = 0;
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
    const idEnd = text.indexOf(afterId, start);
    rows.push({ id: text.slice(start + beforeId.length, idEnd), json: text.slice(idEnd + afterId.length, end - 1) });
    start = end + 1;
  }
  return rows;
}
