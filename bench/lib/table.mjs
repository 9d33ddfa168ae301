/** Rows of cells as aligned text; the first row is the head. Absent cells are a dash. */
export function table(rows) {
  const texts = rows.map((row) => row.map((cell) => (cell === undefined || cell === null ? '-' : String(cell))));
  const widths = texts[0].map((_, column) => Math.max(...texts.map((row) => row[column].length)));
  const line = (row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  ');
  return texts.map(line).join('\n');
}
