import type { ObjectStore } from '@llmops/platform/objects';
import { type ChunkRef, canonicalJson, pack, sha256Of, unpack } from '../../versions/index.ts';

export const manifestKind = 'manifests';
export const splitKind = 'splits';

// A page ends with a chunk whose hash says so: one in 64. An edit changes its page and the list of pages, however many
// chunks the version has.
const pageEnds = 4;
const largestPage = 256;

interface ManifestRoot {
  pages: string[];
}

/** Stores the list of a version's chunks; returns the names of its objects and the bytes they added. */
export async function putManifest(objects: ObjectStore, projectId: string, chunks: readonly ChunkRef[]) {
  const place = { projectId, kind: manifestKind };
  let addedBytes = 0;
  const pages: string[] = [];
  for (const page of pagesOf(chunks)) {
    const put = await putPacked(objects, place, Buffer.from(canonicalJson({ chunks: page })));
    pages.push(put.sha256);
    addedBytes += put.addedBytes;
  }
  const root = await putPacked(objects, place, Buffer.from(canonicalJson({ pages } satisfies ManifestRoot)));
  return { sha256: root.sha256, pages, addedBytes: addedBytes + root.addedBytes };
}

function pagesOf(chunks: readonly ChunkRef[]): ChunkRef[][] {
  const pages: ChunkRef[][] = [[]];
  for (const chunk of chunks) {
    const page = pages.at(-1)!;
    page.push(chunk);
    if (Number.parseInt(chunk.sha256.slice(0, 2), 16) < pageEnds || page.length === largestPage) pages.push([]);
  }
  return pages.filter((page) => page.length > 0);
}

/** Stores each row's split. */
export const putSplits = (objects: ObjectStore, projectId: string, splits: Uint8Array) =>
  putPacked(objects, { projectId, kind: splitKind }, splits);

/** The chunks of a version, and the objects that list them beside the manifest itself. */
export async function getManifest(objects: ObjectStore, projectId: string, sha256: string) {
  const read = async <T>(name: string): Promise<T> => {
    const packed = await objects.get({ projectId, kind: manifestKind, sha256: name });
    return JSON.parse((await unpack(packed, name)).toString('utf8')) as T;
  };
  const { pages } = await read<ManifestRoot>(sha256);
  const lists = await Promise.all(pages.map((page) => read<{ chunks: ChunkRef[] }>(page)));
  return { pages, chunks: lists.flatMap((list) => list.chunks) };
}

export const getSplits = async (objects: ObjectStore, projectId: string, sha256: string): Promise<Uint8Array> =>
  unpack(await objects.get({ projectId, kind: splitKind, sha256 }), sha256);

async function putPacked(objects: ObjectStore, place: { projectId: string; kind: string }, bytes: Uint8Array) {
  const sha256 = sha256Of(bytes);
  const packed = await pack(bytes);
  const added = await objects.put({ ...place, sha256 }, packed);
  return { sha256, addedBytes: added ? packed.length : 0 };
}
