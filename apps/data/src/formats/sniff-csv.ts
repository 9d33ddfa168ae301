import type { CsvDialect } from './csv-records.ts';

const delimiters = [',', '\t', ';', '|'] as const;

/** The delimiter and the quote of a table by its beginning; undefined when it does not look like one. */
export function sniffCsv(sample: string, given: { delimiter?: string } = {}): CsvDialect | undefined {
  let best: (CsvDialect & { score: number }) | undefined;
  for (const delimiter of given.delimiter ? [given.delimiter] : delimiters) {
    const quote = quoteOf(sample, delimiter);
    const score = scoreOf(sample, delimiter, quote);
    if (score > (best?.score ?? 0)) best = { delimiter, quote, score };
  }
  return best && { delimiter: best.delimiter, quote: best.quote };
}

/** Single quotes where fields begin and end with them and none begins with the usual one. */
function quoteOf(sample: string, delimiter: string): string {
  const begins = (quote: string) =>
    ['\n', '\r', delimiter].some((before) => sample.includes(before + quote)) || sample.startsWith(quote);
  const ends = ['\n', '\r', delimiter].some((after) => sample.includes(`'${after}`)) || sample.endsWith("'");
  return !begins('"') && begins("'") && ends ? "'" : '"';
}

/** How well the records agree on their number of fields; 0 for no table. */
function scoreOf(sample: string, delimiter: string, quote: string): number {
  const widths = recordWidths(sample, delimiter, quote);
  const [first = 1] = widths;
  if (first < 2) return 0;
  const same = widths.filter((width) => width === first).length / widths.length;
  if (same < 0.9) return 0;
  // Among those that fit: more columns, then the usual delimiter.
  const usual = delimiters.length - delimiters.indexOf(delimiter as ',');
  return same * 1_000 + first * 10 + usual;
}

/** Fields of each record that is whole in the sample, at most 200; faults are the reader's business. */
function recordWidths(sample: string, delimiter: string, quote: string): number[] {
  const text = sample.includes('\n') ? sample : sample.replaceAll('\r', '\n');
  const widths: number[] = [];
  let width = 1;
  let fieldStart = 0;
  let quoted = false;
  for (let at = 0; at < text.length && widths.length < 200; at += 1) {
    const char = text[at]!;
    if (quoted) {
      if (char === quote) quoted = false;
    } else if (char === quote && (at === fieldStart || text[at - 1] === quote)) {
      // A field's first character, or the second of a doubled quote inside one.
      quoted = true;
    } else if (char === delimiter) {
      width += 1;
      fieldStart = at + 1;
    } else if (char === '\n') {
      if (width > 1 || text.slice(fieldStart, at).trim() !== '') widths.push(width);
      width = 1;
      fieldStart = at + 1;
    }
  }
  if (widths.length === 0) widths.push(width);
  return widths;
}
