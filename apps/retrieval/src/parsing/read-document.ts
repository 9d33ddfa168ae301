import { readFile, stat } from 'node:fs/promises';
import { assembleDocument, type RawDocument } from './assemble-document.ts';
import { cleanMarkdown } from './clean-markdown.ts';
import { type DecodedText, decodeText } from './decode-text.ts';
import { binaryKind, type TextKind, textKind } from './detect-type.ts';
import type { ParseLimits } from './limits.ts';
import { ParseFailure } from './parse-failure.ts';
import type { ParsedDocument } from './parsed-document.ts';
import { readCode, readPlainText } from './read-plain-text.ts';

/** A file to read; exactly one of `bytes` and `path`. */
export interface SourceFile {
  bytes?: Uint8Array;
  path?: string;
  fileName: string;
  /** What the sender says it is; believed only between text formats. */
  mediaType?: string;
}

/** Has a worker read the bytes; answers what it answered. */
export type AskWorker = (bytes: Uint8Array, settings: Record<string, string | number>) => Promise<unknown>;

type WorkerAnswer =
  | { ok: true; document: RawDocument & { mediaType?: string } }
  | { ok: false; code: ParseFailure['code']; reason: string };

const mediaTypes: Record<TextKind, string> = {
  html: 'text/html',
  md: 'text/markdown',
  asciidoc: 'text/asciidoc',
  csv: 'text/csv',
  vtt: 'text/vtt',
  eml: 'message/rfc822',
  ipynb: 'application/x-ipynb+json',
  code: 'text/plain',
  text: 'text/plain',
  xml: 'application/xml',
};

export async function readDocument(file: SourceFile, limits: ParseLimits, ask: AskWorker): Promise<ParsedDocument> {
  const bytes = await bytesOf(file, limits.maxFileBytes);
  if (bytes.length === 0) throw new ParseFailure('no_text', 'The file is empty.');
  const binary = binaryKind(bytes);
  if (!binary) checkSize(bytes.length, limits.maxOutputBytes);
  const document = binary
    ? await fromWorker(ask, bytes, binary, 'application/octet-stream')
    : await readText(bytes, file, ask);
  if (document.blocks.length === 0) throw new ParseFailure('no_text', 'The file holds no text.');
  return document;
}

async function bytesOf(file: SourceFile, maxBytes: number): Promise<Uint8Array> {
  checkSize(file.bytes?.length ?? (await stat(file.path!)).size, maxBytes);
  return file.bytes ?? (await readFile(file.path!));
}

function checkSize(size: number, most: number): void {
  const megabytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
  if (size > most) {
    throw new ParseFailure('too_large', `The file has ${megabytes(size)} MB; ${megabytes(most)} MB is the most.`);
  }
}

async function readText(bytes: Uint8Array, file: SourceFile, ask: AskWorker): Promise<ParsedDocument> {
  const decoded = decodeText(bytes, declaredEncoding(bytes, file.mediaType));
  const kind = textKind(decoded.text, file.fileName, file.mediaType);
  const document = await readKind(kind, decoded, bytes, ask);
  // The parts of a message say it each for itself.
  if (kind === 'eml') return document;
  if (decoded.encoding !== 'utf-8') document.metadata['encoding'] = decoded.encoding;
  if (decoded.damaged > 0) {
    document.warnings.push(`${decoded.damaged} characters could not be read as ${decoded.encoding}.`);
  }
  return document;
}

async function readKind(
  kind: TextKind,
  { text }: DecodedText,
  bytes: Uint8Array,
  ask: AskWorker,
): Promise<ParsedDocument> {
  const mediaType = mediaTypes[kind];
  switch (kind) {
    case 'text':
      return assembleDocument(readPlainText(text), mediaType);
    case 'code':
      return assembleDocument(readCode(text), mediaType);
    case 'xml':
      if (/<!ENTITY/i.test(text)) {
        throw new ParseFailure('xml_bomb', 'The file declares XML entities, which may be used to do harm.');
      }
      return assembleDocument(readCode(text), mediaType);
    case 'md': {
      const { text: cleaned, metadata } = cleanMarkdown(text.replace(/^\ufeff/, ''));
      const document = await fromWorker(ask, Buffer.from(cleaned), kind, mediaType);
      const title = metadata['title'] ?? document.title;
      return { ...document, ...(title && { title }), metadata: { ...metadata, ...document.metadata } };
    }
    case 'eml':
      // Its parts say each in which encoding they are.
      return fromWorker(ask, bytes, kind, mediaType);
    default:
      return fromWorker(ask, Buffer.from(text.replace(/^\ufeff/, '')), kind, mediaType);
  }
}

async function fromWorker(
  ask: AskWorker,
  bytes: Uint8Array,
  format: string,
  mediaType: string,
): Promise<ParsedDocument> {
  const answer = (await ask(bytes, { format })) as WorkerAnswer;
  if (!answer.ok) throw new ParseFailure(answer.code, answer.reason);
  return assembleDocument(answer.document, answer.document.mediaType ?? mediaType);
}

/** What a page, an XML file or the sender's `charset=` declares. */
function declaredEncoding(bytes: Uint8Array, mediaType: string | undefined): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 2048)).toString('latin1');
  const said = /<meta[^>]+charset=["']?([\w-]+)/i.exec(head) ?? /^<\?xml[^>]+encoding=["']([\w-]+)/i.exec(head);
  return said?.[1] ?? /charset=["']?([\w-]+)/i.exec(mediaType ?? '')?.[1];
}
