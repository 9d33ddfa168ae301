import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';
import { isAppError } from '@llmops/platform/errors';
import { OBJECTS, type ObjectKey, type ObjectStore } from '@llmops/platform/objects';
import { Inject, Injectable } from '@nestjs/common';
import type { ParsedDocument } from '../../parsing/index.ts';
import { PARSER_VERSION } from '../../versions.ts';
import { ContentStore, type StoredContent } from './content-store.ts';
import { DocumentReader } from './document-reader.ts';

export interface ReadableDocument extends Pick<StoredContent, 'sha256' | 'content'> {
  projectId: string;
  displayName: string;
  declaredMediaType: string;
  /** Above 0: by a parser process. */
  lane: number;
}

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);
const params = { [constants.ZSTD_c_compressionLevel]: 3 };

/** What was read from documents. Kept where reading took a process, so that other chunks are cut without reading again. */
@Injectable()
export class ParsedStore {
  constructor(
    @Inject(OBJECTS) private readonly objects: ObjectStore,
    private readonly contents: ContentStore,
    private readonly reader: DocumentReader,
  ) {}

  /** @throws ParseFailure when the document cannot be read */
  async get(document: ReadableDocument, signal: AbortSignal): Promise<ParsedDocument> {
    const key = parsedKey(document);
    const known = document.lane > 0 ? await this.#load(key) : undefined;
    if (known) return known;
    const bytes = await this.contents.bytes(document.projectId, document);
    const file = { bytes, fileName: document.displayName, mediaType: document.declaredMediaType };
    const parsed = await this.reader.parse(file, signal);
    if (document.lane > 0) await this.objects.put(key, await compress(JSON.stringify(parsed), { params }));
    return parsed;
  }

  async #load(key: ObjectKey): Promise<ParsedDocument | undefined> {
    try {
      const text = (await decompress(await this.objects.get(key))).toString();
      return JSON.parse(text) as ParsedDocument;
    } catch (error) {
      if (isAppError(error) && error.code === 'platform.object_not_found') return undefined;
      throw error;
    }
  }
}

/** Under what is read from it lies: by the bytes, our parser, and what tells text formats apart. */
export function parsedKey({
  projectId,
  sha256,
  displayName,
  declaredMediaType,
}: Omit<ReadableDocument, 'content' | 'lane'>): ObjectKey {
  const identity = JSON.stringify([sha256, PARSER_VERSION, declaredMediaType, endingOf(displayName)]);
  return { projectId, kind: 'parsed', sha256: createHash('sha256').update(identity).digest('hex') };
}

export const endingOf = (name: string): string => /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
