export interface CsvRecord {
  fields: string[];
  /** Of the line it begins on, from 1. */
  line: number;
}

export interface CsvDialect {
  delimiter: string;
  quote: string;
}

/** What is wrong with a record, and on which line. */
export class CsvSyntaxError extends Error {
  constructor(
    readonly line: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Cuts a text that comes in pieces into records of RFC 4180: quoted fields hold delimiters, line breaks and doubled
 * quotes; a quote inside a field that is not quoted is a character like others; text after a closing quote is an error,
 * because a program that wrote it has lost track. Lines end with LF, CRLF, or CR alone where the text has no LF.
 */
export class CsvRecords {
  #text = '';
  #at = 0;
  #line = 1;
  #newline: string | undefined;
  /** The next of each from the field being read: looked for once, however many fields lie before it. */
  #newlineAt = -1;
  #delimiterAt = -1;

  constructor(
    private readonly dialect: CsvDialect,
    private readonly maxLength: number,
    private readonly maxFields = Number.POSITIVE_INFINITY,
  ) {}

  /** The records that are complete with this piece. */
  push(piece: string): CsvRecord[] {
    this.#text = this.#text.slice(this.#at) + piece;
    this.#at = 0;
    this.#newline ??= newlineOf(this.#text);
    const records = this.#newline === undefined ? [] : this.#records(false);
    if (this.#text.length - this.#at > this.maxLength) {
      const quoted = this.#text.slice(this.#at, this.#at + 1_000).includes(this.dialect.quote);
      const cause = quoted ? '; perhaps a quote is never closed' : '';
      throw new CsvSyntaxError(this.#line, `is longer than ${this.maxLength} characters${cause}`);
    }
    return records;
  }

  /** The last record, when no line break ends it. */
  end(): CsvRecord[] {
    this.#newline ??= this.#text.includes('\r') && !this.#text.includes('\n') ? '\r' : '\n';
    return this.#records(true);
  }

  #records(final: boolean): CsvRecord[] {
    const records: CsvRecord[] = [];
    this.#newlineAt = -1;
    this.#delimiterAt = -1;
    while (this.#at < this.#text.length) {
      const record = this.#record(final);
      if (!record) break;
      // An empty line is none.
      if (record.fields.length > 1 || record.fields[0] !== '') records.push(record);
    }
    return records;
  }

  /** The record at the place, which moves behind it; undefined, and no move, when its end has not come yet. */
  #record(final: boolean): CsvRecord | undefined {
    const { delimiter, quote } = this.dialect;
    const text = this.#text;
    const fields: string[] = [];
    let lines = 1;
    for (let at = this.#at; ; ) {
      if (fields.length > this.maxFields) {
        throw new CsvSyntaxError(this.#line, `has more than ${this.maxFields} values`);
      }
      let end: number;
      if (text.startsWith(quote, at)) {
        const close = this.#closingQuote(at + 1);
        if (close < 0 || (close + 1 === text.length && !final)) {
          if (final) throw new CsvSyntaxError(this.#line, 'a quote is opened and never closed');
          return undefined;
        }
        const value = text.slice(at + 1, close);
        fields.push(value.includes(quote) ? value.replaceAll(quote + quote, quote) : value);
        lines += count(value, this.#newline!);
        end = close + 1;
      } else {
        end = this.#fieldEnd(at);
        if (end < 0) {
          if (!final) return undefined;
          end = text.length;
        }
        const last =
          end < text.length && text[end] === this.#newline && text[end - 1] === '\r' && end > at ? end - 1 : end;
        fields.push(text.slice(at, last));
      }
      const next = this.#afterField(end, final, lines);
      if (next === undefined) return undefined;
      if (text.startsWith(delimiter, end)) {
        at = next;
        continue;
      }
      const record = { fields, line: this.#line };
      this.#line += lines;
      this.#at = next;
      return record;
    }
  }

  /** Where the text goes on after the delimiter or line end at `end`; undefined when that cannot be told yet. */
  #afterField(end: number, final: boolean, lines: number): number | undefined {
    const text = this.#text;
    const { delimiter } = this.dialect;
    if (end >= text.length) return final ? end : undefined;
    if (text.startsWith(delimiter, end)) return end + delimiter.length;
    if (text[end] === this.#newline) return end + 1;
    if (text[end] === '\r') {
      if (end + 1 === text.length) return final ? end + 1 : undefined;
      if (text[end + 1] === '\n') return end + 2;
    }
    throw new CsvSyntaxError(this.#line + lines - 1, 'has text after a closing quote');
  }

  #closingQuote(from: number): number {
    const { quote } = this.dialect;
    for (let at = this.#text.indexOf(quote, from); at >= 0; at = this.#text.indexOf(quote, at + 2)) {
      if (this.#text[at + 1] !== quote) return at;
    }
    return -1;
  }

  #fieldEnd(from: number): number {
    if (this.#newlineAt < from) this.#newlineAt = this.#next(this.#newline!, from);
    if (this.#delimiterAt < from) this.#delimiterAt = this.#next(this.dialect.delimiter, from);
    const end = Math.min(this.#newlineAt, this.#delimiterAt);
    return end === Number.POSITIVE_INFINITY ? -1 : end;
  }

  #next(part: string, from: number): number {
    const at = this.#text.indexOf(part, from);
    return at < 0 ? Number.POSITIVE_INFINITY : at;
  }
}

/** Undefined while it cannot be told: a CR at the end may be half of a CRLF. */
function newlineOf(text: string): string | undefined {
  if (text.includes('\n')) return '\n';
  const cr = text.indexOf('\r');
  return cr >= 0 && cr < text.length - 1 ? '\r' : undefined;
}

function count(text: string, part: string): number {
  let found = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) found += 1;
  return found;
}
