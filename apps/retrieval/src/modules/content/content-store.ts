import { createHash } from 'node:crypto';
import { OBJECTS, type ObjectStore } from '@llmops/platform/objects';
import { Inject, Injectable } from '@nestjs/common';

/** A file, as its document's row holds it. */
export interface StoredContent {
  sha256: string;
  sizeBytes: number;
  /** The bytes of a small file; null: they are an object. */
  content: Buffer | null;
}

/** Up to here a file costs less in its row than as an object: no file of its own, no wait for the disk. */
const inlineBytes = 32 << 10;
const kind = 'files';

@Injectable()
export class ContentStore {
  constructor(@Inject(OBJECTS) private readonly objects: ObjectStore) {}

  async put(projectId: string, bytes: Uint8Array): Promise<StoredContent> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (bytes.length <= inlineBytes) return { sha256, sizeBytes: bytes.length, content: Buffer.from(bytes) };
    await this.objects.put({ projectId, kind, sha256 }, bytes);
    return { sha256, sizeBytes: bytes.length, content: null };
  }

  /** Throws `platform.object_too_large` above `maxBytes`. */
  async putStream(
    projectId: string,
    pieces: AsyncIterable<Uint8Array>,
    options: { maxBytes: number; signal: AbortSignal },
  ): Promise<StoredContent> {
    const source = pieces[Symbol.asyncIterator]();
    const first: Uint8Array[] = [];
    for (let sizeBytes = 0; sizeBytes <= inlineBytes; sizeBytes += first.at(-1)!.length) {
      const next = await source.next();
      if (next.done) return this.put(projectId, Buffer.concat(first));
      first.push(next.value);
    }
    const whole = chained(first, source);
    const { sha256, sizeBytes } = await this.objects.putStream({ projectId, kind }, whole, options);
    return { sha256, sizeBytes, content: null };
  }

  async bytes(projectId: string, stored: Pick<StoredContent, 'sha256' | 'content'>): Promise<Buffer> {
    return stored.content ?? this.objects.get({ projectId, kind, sha256: stored.sha256 });
  }

  async *pieces(projectId: string, stored: Pick<StoredContent, 'sha256' | 'content'>): AsyncIterable<Buffer> {
    if (stored.content) yield stored.content;
    else yield* this.objects.read({ projectId, kind, sha256: stored.sha256 });
  }
}

async function* chained(first: Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* first;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
