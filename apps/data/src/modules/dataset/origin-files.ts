import type { RequestContext } from '@llmops/platform/context';
import { OBJECTS, type ObjectKey, type ObjectStore } from '@llmops/platform/objects';
import { Inject, Injectable } from '@nestjs/common';
import { pathFilter } from '../../connectors/index.ts';
import type { LocalFile } from '../../formats/index.ts';
import { ReadSources } from '../source/index.ts';
import { ReadUpload } from '../upload/index.ts';
import { importInvalid } from './dataset.errors.ts';
import { TraceLines, type TraceQuery } from './trace-lines.ts';

/** Where an import's rows come from, as its job keeps it. */
export type ImportOrigin =
  | { kind: 'upload'; upload: string }
  | { kind: 'source'; source: string; paths: string[] }
  | ({ kind: 'traces' } & TraceQuery)
  /** Rows given with the call, kept as a JSONL object. */
  | { kind: 'inline'; sha256: string };

export interface OriginFiles {
  files: LocalFile[];
  /** The sync that a source's files were read at. */
  sync: string;
}

interface NamedObject {
  name: string;
  key: ObjectKey;
}

export const inlineKind = 'inline';

@Injectable()
export class OpenOrigin {
  constructor(
    @Inject(OBJECTS) private readonly objects: ObjectStore,
    private readonly readUpload: ReadUpload,
    private readonly readSources: ReadSources,
    private readonly traces: TraceLines,
  ) {}

  /** The origin's files on this machine for as long as `use` takes. */
  async run<T>(ctx: RequestContext, origin: ImportOrigin, use: (found: OriginFiles) => Promise<T>): Promise<T> {
    const { named, sync } = await this.#find(ctx, origin);
    const keys = named.map(({ key }) => key);
    return this.objects.withFiles(keys, (paths) =>
      use({ files: named.map(({ name }, i) => ({ name, path: paths[i]! })), sync }),
    );
  }

  async #find(ctx: RequestContext, origin: ImportOrigin): Promise<{ named: NamedObject[]; sync: string }> {
    const { projectId } = ctx;
    if (origin.kind === 'inline') {
      return { named: [{ name: 'rows.jsonl', key: { projectId, kind: inlineKind, sha256: origin.sha256 } }], sync: '' };
    }
    if (origin.kind === 'upload') {
      const { upload, sha256 } = await this.readUpload.run(ctx, origin.upload);
      return { named: [{ name: upload.fileName, key: { projectId, kind: 'files', sha256 } }], sync: '' };
    }
    if (origin.kind === 'traces') {
      const place = { projectId, kind: inlineKind };
      const { sha256 } = await this.objects.putStream(place, this.traces.read(ctx, origin));
      return { named: [{ name: 'traces.jsonl', key: { ...place, sha256 } }], sync: '' };
    }
    const { items, sync } = await this.readSources.contents(ctx, origin.source);
    const wanted = pathFilter(origin.paths, []);
    const named = items.flatMap(({ path, sha256 }) =>
      sha256 !== null && wanted(path) ? [{ name: path, key: { projectId, kind: 'files', sha256 } }] : [],
    );
    if (named.length === 0) throw importInvalid('source', 'has no file of these paths that was read; sync it first');
    return { named, sync };
  }
}
