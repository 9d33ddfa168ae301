import { createHash } from 'node:crypto';
import {
  type GetUploadRequest,
  type ListSourceItemsRequest,
  type ReadSourceItemRequest,
  type ReadUploadRequest,
  SourceItem_State,
  SourceService,
  UploadService,
} from '@llmops/contracts/data/v1/source';
import { AppError } from '@llmops/platform/errors';
import { GrpcService } from '@llmops/platform/grpc';

export interface FakeItem {
  text: string;
  sync: string;
  removed?: boolean;
  acl?: string[];
}

/** What `data` holds for a test. */
export interface DataState {
  uploads: Map<string, Buffer>;
  /** By path. */
  items: Map<string, FakeItem>;
  /** Contents that were asked for. */
  reads: number;
}

export const dataState = (): DataState => ({ uploads: new Map(), items: new Map(), reads: 0 });

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** Uploads and one source, as `data` would serve them. */
export function fakeData(state: DataState) {
  class FakeUploads {
    async getUpload({ upload }: GetUploadRequest) {
      const bytes = found(state.uploads.get(upload));
      return {
        id: upload,
        complete: true,
        sizeBytes: BigInt(bytes.length),
        sha256: sha256(bytes),
        mediaType: 'text/plain',
      };
    }

    async *readUpload({ upload }: ReadUploadRequest) {
      const bytes = found(state.uploads.get(upload));
      yield { contentType: 'text/plain', data: new Uint8Array() };
      for (let at = 0; at < bytes.length; at += 10_000) yield { data: bytes.subarray(at, at + 10_000) };
    }
  }

  class FakeSources {
    async listSourceItems({ sync }: ListSourceItemsRequest) {
      const all = [...state.items].filter(([, item]) => (sync ? item.sync === sync : !item.removed));
      return { items: all.map(([path, item]) => toItem(path, item)), nextPageToken: '' };
    }

    async *readSourceItem({ item }: ReadSourceItemRequest) {
      state.reads += 1;
      yield { contentType: 'text/plain', data: Buffer.from(found(state.items.get(item.slice(4))).text) };
    }
  }

  for (const [service, fake] of [
    [UploadService, FakeUploads],
    [SourceService, FakeSources],
  ] as const) {
    for (const { localName } of service.methods) {
      if (localName in fake.prototype) continue;
      Object.defineProperty(fake.prototype, localName, { value: () => Promise.reject(new Error('not here')) });
    }
    GrpcService(service)(fake);
  }
  return [FakeUploads, FakeSources];
}

const toItem = (path: string, { text, sync, removed, acl }: FakeItem) => ({
  id: `itm_${path}`,
  path,
  mediaType: 'text/plain',
  sizeBytes: BigInt(text.length),
  sha256: sha256(Buffer.from(text)),
  sync,
  state: removed ? SourceItem_State.REMOVED : SourceItem_State.PRESENT,
  acl: acl ?? [],
});

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new AppError({ code: 'data.not_found', category: 'not_found', message: 'not there' });
  return value;
}
