const delimiters = [',', '\t', ';', '|'] as const;
const quotes = ['"', "'"] as const;

export interface CsvDialect {
  delimiter: string;
  quote: string;
}

/** The delimiter and the quote of a table by its beginning; undefined when it does not look like one. */
export function sniffCsv(sample: string, given: Partial<CsvDialect> = {}): CsvDialect | undefined {
  let best: (CsvDialect & { score: number }) | undefined;
  for (const delimiter of given.delimiter ? [given.delimiter] : delimiters) {
    for (const quote of quotes) {
      const score = scoreOf(sample, delimiter, quote);
      if (score > (best?.score ?? 0)) best = { delimiter, quote, score };
    }
  }
  return best && { delimiter: best.delimiter, quote: best.quote };
}

/** How well the records agree on their number of fields; 0 for no table. */
function scoreOf(sample: string, delimiter: string, quote: string): number {
  const widths = recordWidths(sample, delimiter, quote);
  const [first = 1] = widths;
  if (first < 2) return 0;
  const same = widths.filter((width) => width === first).length / widths.length;
  if (same < 0.9) return 0;
  // Among those that fit: more columns, then the usual quote, then the usual delimiter.
  const usual = delimiters.length - delimiters.indexOf(delimiter as ',');
  return same * 1_000 + first * 10 + usual + (quote === '"' ? 5 : 0);
}

/** Fields of each record that is whole in the sample, at most 200. */
function recordWidths(sample: string, delimiter: string, quote: string): number[] {
  const widths: number[] = [];
  let width = 1;
  let fieldStart = 0;
  let quoted = false;
  for (let at = 0; at < sample.length && widths.length < 200; at += 1) {
    const char = sample[at]!;
    if (quoted) {
      if (char === quote) quoted = false;
    } else if (char === quote && at === fieldStart) {
      quoted = true;
    } else if (char === quote && sample[at - 1] === quote && at > fieldStart + 1) {
      // A doubled quote inside a quoted field: the field goes on.
      quoted = true;
    } else if (char === delimiter) {
      width += 1;
      fieldStart = at + 1;
    } else if (char === '\n') {
      if (sample.slice(fieldStart, at).trim() !== '' || width > 1) widths.push(width);
      width = 1;
      fieldStart = at + 1;
    }
  }
  if (widths.length === 0 || (!quoted && fieldStart < sample.length)) widths.push(width);
  return widths;
}
