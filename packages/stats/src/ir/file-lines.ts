export interface FileLine {
  /** 1-based, blank lines counted. */
  readonly number: number;
  readonly text: string;
}

/** The lines of a text that are not blank, without their line ends (LF or CRLF) and a leading byte order mark. */
export function* fileLines(text: string): Generator<FileLine> {
  let number = 0;
  for (const line of text.replace(/^\uFEFF/, '').split('\n')) {
    number += 1;
    const content = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (content.trim() !== '') yield { number, text: content };
  }
}

/** As trec_eval splits them: at ASCII white space only, so that an id may hold a no-break space. */
export function trecFields(line: string): string[] {
  return line.split(/[ \t\v\f\r]+/).filter((field) => field !== '');
}
