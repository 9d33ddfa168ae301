import { hash } from 'node:crypto';
import { type JsonRow, parseJson } from '../formats/index.ts';
import { canonicalJson } from './canonical-json.ts';
import type { ChunkRef } from './manifest.ts';
import type { VersionReader } from './read-version.ts';
import { rowSimilarity } from './row-similarity.ts';

export interface DiffSide {
  reader: VersionReader;
  chunks: readonly ChunkRef[];
  /** Whether ids are of key columns: then a row with the same id may have changed. */
  keyed: boolean;
}

/** A change, by the rows' indexes: `before` in the base, `after` in the other. */
export interface RowChange {
  before?: number;
  after?: number;
}

export interface VersionDiff {
  added: number;
  removed: number;
  changed: number;
  unchanged: number;
  /** In the order of the newer version, removed rows where they were. */
  changes: RowChange[];
}

interface Entry {
  id: string;
  index: number;
  /** Of the content, where the id does not tell. */
  content: string;
  /** The chunk before it that both have, when it is the first after one. */
  afterChunk: string | undefined;
}

// Looking at the contents of more rows than this to pair them costs more than it tells.
const maxPairs = 20_000;
const alike = 0.5;

/**
 * What changed between two versions. Chunks that both have are not read. Rows are the same by their id; where ids are of
 * key columns a different content is a change, where they are of the content a removed and an added row in the same place
 * that are alike are one.
 */
export async function diffVersions(base: DiffSide, next: DiffSide): Promise<VersionDiff> {
  const shared = sharedChunks(base.chunks, next.chunks);
  const keyed = base.keyed && next.keyed;
  const before = await entriesOf(base, shared, keyed);
  const after = await entriesOf(next, shared, keyed);
  const byId = new Map(before.map((entry) => [entry.id, entry]));
  const changes: RowChange[] = [];
  const kept = new Set<string>();
  const added: Entry[] = [];
  for (const entry of after) {
    const old = byId.get(entry.id);
    if (!old) added.push(entry);
    else {
      kept.add(entry.id);
      if (old.content !== entry.content) changes.push({ before: old.index, after: entry.index });
    }
  }
  const removed = before.filter(({ id }) => !kept.has(id));
  const same = rowsIn(next.chunks, shared) + kept.size - changes.length;
  const pairs = keyed ? [] : await pairChanged(base, next, placed(before, removed, kept), placed(after, added, kept));
  const paired = { before: new Set(pairs.map((pair) => pair.before)), after: new Set(pairs.map((pair) => pair.after)) };
  changes.push(
    ...pairs,
    ...removed.filter(({ index }) => !paired.before.has(index)).map(({ index }) => ({ before: index })),
    ...added.filter(({ index }) => !paired.after.has(index)).map(({ index }) => ({ after: index })),
  );
  const changed = changes.filter((change) => change.before !== undefined && change.after !== undefined).length;
  return {
    added: added.length - pairs.length,
    removed: removed.length - pairs.length,
    changed,
    unchanged: same,
    changes: changes.sort((a, b) => (a.after ?? a.before!) - (b.after ?? b.before!)),
  };
}

function sharedChunks(base: readonly ChunkRef[], next: readonly ChunkRef[]): Set<string> {
  const ofBase = new Set(base.map(({ sha256 }) => sha256));
  return new Set(next.map(({ sha256 }) => sha256).filter((sha256) => ofBase.has(sha256)));
}

const rowsIn = (chunks: readonly ChunkRef[], wanted: Set<string>): number =>
  chunks.filter(({ sha256 }) => wanted.has(sha256)).reduce((sum, { rows }) => sum + rows, 0);

/** The rows of the chunks that the other side does not have. */
async function entriesOf({ reader, chunks }: DiffSide, shared: Set<string>, keyed: boolean): Promise<Entry[]> {
  const entries: Entry[] = [];
  let start = 0;
  let afterChunk: string | undefined;
  for (const chunk of chunks) {
    if (shared.has(chunk.sha256)) afterChunk = chunk.sha256;
    else {
      for await (const { id, index, json } of reader.read({ from: start, to: start + chunk.rows })) {
        entries.push({ id, index, content: keyed ? contentOf(json) : '', afterChunk });
        afterChunk = undefined;
      }
    }
    start += chunk.rows;
  }
  return entries;
}

const contentOf = (json: string): string => hash('sha256', canonicalJson(parseJson(json)), 'base64');

/** The rows that came or went, by what stands unchanged before them. */
function placed(entries: Entry[], wanted: Entry[], kept: Set<string>): Map<string, Entry[]> {
  const wantedIds = new Set(wanted.map(({ id }) => id));
  const places = new Map<string, Entry[]>();
  let place = '';
  for (const entry of entries) {
    if (entry.afterChunk !== undefined) place = entry.afterChunk;
    if (kept.has(entry.id)) place = entry.id;
    if (!wantedIds.has(entry.id)) continue;
    const there = places.get(place);
    if (there) there.push(entry);
    else places.set(place, [entry]);
  }
  return places;
}

/** Pairs what went with what came in the same place, in order, where the contents are alike. */
async function pairChanged(
  base: DiffSide,
  next: DiffSide,
  removed: Map<string, Entry[]>,
  added: Map<string, Entry[]>,
): Promise<{ before: number; after: number }[]> {
  const candidates = [...removed].flatMap(([place, gone]) =>
    gone
      .slice(0, added.get(place)?.length ?? 0)
      .map((entry, i) => ({ before: entry.index, after: added.get(place)![i]!.index })),
  );
  if (candidates.length > maxPairs) return [];
  const pairs: { before: number; after: number }[] = [];
  for (let from = 0; from < candidates.length; from += 500) {
    const batch = candidates.slice(from, from + 500);
    const before = await base.reader.at(batch.map((pair) => pair.before));
    const after = await next.reader.at(batch.map((pair) => pair.after));
    for (const [i, pair] of batch.entries()) {
      const [a, b] = [before[i]!, after[i]!].map(({ json }) => parseJson(json) as JsonRow);
      if (rowSimilarity(a!, b!) >= alike) pairs.push(pair);
    }
  }
  return pairs;
}
