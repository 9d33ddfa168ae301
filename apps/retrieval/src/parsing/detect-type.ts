import { ParseFailure } from './parse-failure.ts';

/** Formats told by their first bytes; of the two containers the worker looks inside. */
export type BinaryKind = 'pdf' | 'zip' | 'ole' | 'rtf';
export type TextKind = 'html' | 'md' | 'asciidoc' | 'csv' | 'vtt' | 'eml' | 'code' | 'text' | 'xml' | 'ipynb';

// Of the first bytes in hexadecimal.
const foreign: [RegExp, string][] = [
  [/^(89504e47|ffd8ff|47494638|424d.{8}00000000|49492a00|4d4d002a|52494646.{8}57454250)/, 'a picture'],
  [/^.{8}66747970(68656963|61766966|6d696631)/, 'a picture'],
  [/^(494433|4f676753|664c6143|52494646.{8}57415645|fff[b32])/, 'a sound file'],
  [/^(.{8}66747970|1a45dfa3|52494646.{8}41564920)/, 'a video'],
  [/^(1f8b|425a68|fd377a585a00|377abcaf271c|52617221|28b52ffd)/, 'an archive: unpack it first'],
  [/^(7f454c46|4d5a.{0,124}00|cffaedfe|cafebabe)/, 'a program'],
  [/^(50415231|53514c69746520666f726d6174203300|4152524f5731)/, 'a data file: make it a dataset'],
  [/^(774f4646|774f4632|0001000000|4f54544f)/, 'a font'],
];

/**
 * The binary format that the first bytes tell, or undefined for text.
 * @throws ParseFailure `unsupported_type` for what is surely no document
 */
export function binaryKind(bytes: Uint8Array): BinaryKind | undefined {
  const head = Buffer.from(bytes.subarray(0, 1024));
  const hex = head.toString('hex', 0, 64);
  const text = head.toString('latin1');
  const pdfMark = text.search(/%PDF-\d/);
  if (pdfMark === 0 || text.trimStart().startsWith('%PDF-')) return 'pdf';
  if (/^504b(0304|0506|0708)/.test(hex)) return 'zip';
  if (hex.startsWith('d0cf11e0a1b11ae1')) return 'ole';
  if (text.startsWith('{\\rtf')) return 'rtf';
  const found = foreign.find(([pattern]) => pattern.test(hex));
  if (found) throw new ParseFailure('unsupported_type', `The file is ${found[1]}. Only documents with text are read.`);
  // Some printers write a few bytes before the mark, as readers allow; a page or a text that speaks of it is no PDF.
  return pdfMark > 0 && !/[<>{]/.test(text.slice(0, pdfMark)) && text.includes(' obj') ? 'pdf' : undefined;
}

const endings: Record<string, TextKind> = {
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  md: 'md',
  markdown: 'md',
  mdx: 'md',
  qmd: 'md',
  rmd: 'md',
  adoc: 'asciidoc',
  asciidoc: 'asciidoc',
  asc: 'asciidoc',
  csv: 'csv',
  tsv: 'csv',
  vtt: 'vtt',
  eml: 'eml',
  ipynb: 'ipynb',
};
for (const ending of (
  'bash bat c cc cfg clj cmake conf cpp cs css cxx dart diff ex exs go gradle graphql groovy h hh hpp hs ini java jl js ' +
  'json jsonl jsx kt lua mjs ndjson patch php pl pm properties proto ps1 py r rb rs scala scss sh sql swift toml ts tsx ' +
  'yaml yml zsh'
).split(' ')) {
  endings[ending] = 'code';
}

const mediaTypes: Record<string, TextKind> = {
  'text/html': 'html',
  'application/xhtml+xml': 'html',
  'text/markdown': 'md',
  'text/x-markdown': 'md',
  'text/asciidoc': 'asciidoc',
  'text/csv': 'csv',
  'text/tab-separated-values': 'csv',
  'text/vtt': 'vtt',
  'message/rfc822': 'eml',
};

/** Which text format: by its content where that is plain, else by the declared type, else by the name's ending. */
export function textKind(text: string, fileName: string, mediaType?: string): TextKind {
  const head = withoutComments(text.slice(0, 4096));
  const named = endings[/\.([a-z0-9]+)$/i.exec(fileName)?.[1]?.toLowerCase() ?? ''];
  const declared = mediaTypes[(mediaType ?? '').split(';')[0]!.trim().toLowerCase()];
  if (/^WEBVTT(\s|$)/.test(head)) return 'vtt';
  if (/^<(!doctype\s+html|html[\s>])/i.test(head)) return 'html';
  if (head.startsWith('<?xml')) return /<html[\s>]/i.test(head) ? 'html' : 'xml';
  if (isMail(head) && (named === undefined || named === 'eml' || declared === 'eml')) return 'eml';
  const told = declared ?? named;
  // The name claims it, the content does not bear it out: still readable as what it is.
  if (told === 'vtt' || (told === 'eml' && !isMail(head))) return 'text';
  if (told !== undefined) return told;
  return /^<(head|body|div|p|h1|table|article|section|ul)[\s>]/i.test(head) ? 'html' : 'text';
}

/** What pages are saved with before they begin. */
function withoutComments(head: string): string {
  let rest = head.trimStart();
  while (rest.startsWith('<!--')) {
    const end = rest.indexOf('-->');
    if (end === -1) break;
    rest = rest.slice(end + 3).trimStart();
  }
  return rest;
}

/** A message starts with header lines, of which some are always there. */
function isMail(head: string): boolean {
  const fields = head.split(/\r?\n\r?\n/)[0]!.match(/^[A-Za-z][A-Za-z0-9-]*:(?=[ \t\r]|$)/gm) ?? [];
  const names = new Set(fields.map((field) => field.slice(0, -1).toLowerCase()));
  const typical = ['from', 'to', 'date', 'subject', 'message-id', 'received', 'mime-version', 'return-path'];
  return /^[A-Za-z][A-Za-z0-9-]*:/.test(head) && typical.filter((name) => names.has(name)).length >= 3;
}
