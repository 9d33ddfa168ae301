import type { ObjectStore } from '@llmops/platform/objects';
import { type ChunkRef, canonicalJson, pack, sha256Of, unpack } from '../../versions/index.ts';

export const manifestKind = 'manifests';
export const splitKind = 'splits';

/** Stores the list of a version's chunks; returns the object's name and the bytes that it added. */
export async function putManifest(objects: ObjectStore, projectId: string, chunks: readonly ChunkRef[]) {
  return putPacked(objects, { projectId, kind: manifestKind }, Buffer.from(canonicalJson({ chunks })));
}

/** Stores each row's split. */
export const putSplits = (objects: ObjectStore, projectId: string, splits: Uint8Array) =>
  putPacked(objects, { projectId, kind: splitKind }, splits);

export async function getManifest(objects: ObjectStore, projectId: string, sha256: string): Promise<ChunkRef[]> {
  const bytes = await unpack(await objects.get({ projectId, kind: manifestKind, sha256 }), sha256);
  return (JSON.parse(bytes.toString('utf8')) as { chunks: ChunkRef[] }).chunks;
}

export const getSplits = async (objects: ObjectStore, projectId: string, sha256: string): Promise<Uint8Array> =>
  unpack(await objects.get({ projectId, kind: splitKind, sha256 }), sha256);

async function putPacked(objects: ObjectStore, place: { projectId: string; kind: string }, bytes: Uint8Array) {
  const sha256 = sha256Of(bytes);
  const packed = await pack(bytes);
  const added = await objects.put({ ...place, sha256 }, packed);
  return { sha256, addedBytes: added ? packed.length : 0 };
}
