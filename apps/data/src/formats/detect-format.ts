import { encodingName } from './decode-text.ts';
import { detectEncoding } from './detect-encoding.ts';
import { fileInvalid } from './format.errors.ts';
import { headOf } from './open-bytes.ts';
import type { FileFormat, LocalFile, ReadOptions } from './row.ts';
import { sniffCsv } from './sniff-csv.ts';

export interface DetectedFormat {
  format: FileFormat;
  /** Empty for binary formats. */
  encoding: string;
  /** Empty but for CSV and TSV. */
  delimiter: string;
  quote: string;
}

const sampleBytes = 256 << 10;

/** What a file is, by its content first and its name second. What `given` says is taken as said. */
export async function detectFormat(file: LocalFile, given: ReadOptions = {}): Promise<DetectedFormat> {
  const head = await headOf(file, sampleBytes);
  const binary = { encoding: '', delimiter: '', quote: '' };
  const byMagic = magicFormat(file.name, head);
  if (given.format === 'parquet' || given.format === 'arrow') return { format: given.format, ...binary };
  if (byMagic && (!given.format || given.format === byMagic)) return { format: byMagic, ...binary };
  const encoding = given.encoding ? encodingName(given.encoding) : detectEncoding(head);
  const sample = sampleText(file.name, head, encoding);
  const format = given.format ?? textFormat(file.name, sample, head.length < sampleBytes);
  if (format !== 'csv' && format !== 'tsv') return { format, encoding, delimiter: '', quote: '' };
  const delimiter = given.delimiter || (format === 'tsv' ? '\t' : undefined);
  const dialect = sniffCsv(sample, delimiter ? { delimiter } : {}) ?? { delimiter: delimiter ?? ',', quote: '"' };
  return { format: dialect.delimiter === '\t' ? 'tsv' : 'csv', encoding, ...dialect };
}

/** Parquet and Arrow by their first bytes; archives and workbooks are refused by name. */
function magicFormat(name: string, head: Buffer): FileFormat | undefined {
  const start = head.subarray(0, 8).toString('latin1');
  if (start.startsWith('PAR1')) return 'parquet';
  if (start.startsWith('PARE')) throw fileInvalid(name, 'is encrypted Parquet');
  if (start.startsWith('ARROW1')) return 'arrow';
  // An IPC stream: a continuation mark, and the length of its schema.
  if (head.length >= 8 && head.readUInt32LE(0) === 0xffffffff && head.readInt32LE(4) > 0) return 'arrow';
  if (start.startsWith('PK\x03\x04'))
    throw fileInvalid(name, 'is an archive or a workbook; upload it to a source, or save its table as CSV');
  if (start.startsWith('%PDF')) throw fileInvalid(name, 'is a PDF; documents go into a knowledge base');
  if (start.startsWith('SQLite f')) throw fileInvalid(name, 'is an SQLite database; export its table as CSV or JSONL');
  return undefined;
}

function sampleText(name: string, head: Buffer, encoding: string): string {
  // A damaged or cut end is the reader's business.
  const decoder = new TextDecoder(encoding);
  const text = decoder.decode(head, { stream: true });
  if (text.includes('\0')) throw fileInvalid(name, 'is a binary file of a format that is not read');
  return text;
}

function textFormat(name: string, sample: string, whole: boolean): FileFormat {
  const extension = /\.([a-z0-9]+)(?:\.(?:gz|zst))?$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const start = sample.trimStart();
  if (start.startsWith('{')) return objectFormat(extension, start, whole);
  if (start.startsWith('[') && (extension === 'json' || /^\[\s*[{\]]/.test(start))) return 'json';
  if (extension === 'csv') return 'csv';
  if (extension === 'tsv' || extension === 'tab') return 'tsv';
  if (extension === 'jsonl' || extension === 'ndjson') return 'jsonl';
  if (extension === 'json') return 'json';
  if (extension === 'txt' || extension === 'md' || extension === 'text') return 'text';
  const lines = sample.split(/[\r\n]+/, 3).filter((line) => line.trim() !== '');
  const dialect = lines.length >= 2 ? sniffCsv(sample) : undefined;
  if (!dialect) return 'text';
  return dialect.delimiter === '\t' ? 'tsv' : 'csv';
}

/** An object a line, or one object over many lines. */
function objectFormat(extension: string, start: string, whole: boolean): FileFormat {
  if (extension === 'jsonl' || extension === 'ndjson') return 'jsonl';
  const end = start.indexOf('\n');
  // One long line of which more is to come: the name decides.
  if (end < 0 && !whole) return extension === 'json' ? 'json' : 'jsonl';
  const first = end < 0 ? start : start.slice(0, end);
  try {
    JSON.parse(first);
  } catch {
    return 'json';
  }
  const rest = end < 0 ? '' : start.slice(end).trim();
  if (rest === '') return extension === 'json' ? 'json' : 'jsonl';
  return 'jsonl';
}
