import { create } from '@bufbuild/protobuf';
import { DatasetVersionCreatedSchema } from '@llmops/contracts/data/v1/dataset';
import type { Database, Transaction } from '@llmops/db';
import { DATABASE, newId } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { eventMessage, Outbox } from '@llmops/platform/events';
import { OBJECTS, type ObjectStore } from '@llmops/platform/objects';
import { Inject, Injectable } from '@nestjs/common';
import type { FileFormat } from '../../formats/index.ts';
import type { RowShape } from '../../shapes/index.ts';
import { assignSplits, chunkKind, digestOf, type HashCounts, type WrittenRows } from '../../versions/index.ts';
import { chunksLost, datasetNotFound } from './dataset.errors.ts';
import { DatasetRepository } from './dataset.repository.ts';
import { type NewVersionRow, type TaggedVersion, VersionRepository } from './version.repository.ts';
import { toVersion } from './version-messages.ts';
import { manifestKind, putManifest, putSplits, splitKind } from './version-objects.ts';
import type { SplitPlan, VersionLineage, VersionSplit } from './version-parts.ts';

export interface VersionToCommit {
  datasetId: string;
  written: WrittenRows;
  shape: RowShape;
  format: FileFormat | '';
  keyColumns: string[];
  /** Needs the units of `written`. */
  splitPlan?: SplitPlan | undefined;
  /** Splits that rows had in the version before, by unit; they keep them. */
  splitsBefore?: HashCounts | undefined;
  lineage: Partial<VersionLineage> & Pick<VersionLineage, 'operation'>;
  message: string;
}

interface SplitPart {
  splits: VersionSplit[];
  splitObject: string | null;
  splitPlan: SplitPlan | null;
}

const noLineage: VersionLineage = {
  operation: '',
  detail: '',
  parentVersions: [],
  source: '',
  sync: '',
  job: '',
  traceIds: [],
  fileName: '',
};

/** Makes rows that are stored a version: the moment before it there is none, the moment after it is whole. */
@Injectable()
export class CommitVersion {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(OBJECTS) private readonly objects: ObjectStore,
    private readonly outbox: Outbox,
    private readonly datasets: DatasetRepository,
    private readonly versions: VersionRepository,
  ) {}

  /** The new version; the one there is when the dataset has one with the same rows, schema and splits. */
  async run(ctx: RequestContext, input: VersionToCommit): Promise<TaggedVersion> {
    const { written } = input;
    const { projectId } = ctx;
    const manifest = await putManifest(this.objects, projectId, written.chunks);
    const split = await this.#split(projectId, input);
    const { splitAddedBytes, ...splitPart } = split;
    const splitNames = splitPart.splits.map(({ name }) => name);
    const { splitObject } = splitPart;
    const digest = digestOf({
      chunks: written.chunks,
      schema: written.schema,
      keyColumns: input.keyColumns,
      splitNames,
      ...(splitObject ? { splitObject } : {}),
    });
    const committed = await this.database.tx(ctx, async (tx) => {
      const dataset = await this.datasets.lock(tx, projectId, input.datasetId);
      if (!dataset) throw datasetNotFound(input.datasetId);
      const present = await this.versions.byDigest(tx, dataset.id, digest);
      if (present) return present;
      await this.#checkObjects(tx, projectId, written, manifest, splitObject);
      const number = dataset.lastNumber + 1;
      const row: NewVersionRow = {
        id: newId('dsv'),
        organizationId: dataset.organizationId,
        projectId,
        datasetId: dataset.id,
        number,
        digest,
        manifestObject: manifest.sha256,
        rowCount: written.rows,
        sizeBytes: written.bytes,
        addedBytes: written.addedBytes + manifest.addedBytes + splitAddedBytes,
        shape: input.shape,
        format: input.format,
        schema: written.schema,
        columns: written.columns,
        keyColumns: input.keyColumns,
        ...splitPart,
        lineage: { ...noLineage, ...input.lineage },
        message: input.message,
        createdBy: ctx.actor,
      };
      const version = await this.versions.insert(tx, row);
      await this.datasets.update(tx, dataset.id, { lastNumber: number });
      await this.outbox.add(tx, createdEvent(version, ctx));
      return version;
    });
    this.outbox.poke();
    return committed;
  }

  async #split(projectId: string, input: VersionToCommit): Promise<SplitPart & { splitAddedBytes: number }> {
    const { splitPlan, splitsBefore, written } = input;
    if (!splitPlan || !written.units) return { splits: [], splitObject: null, splitPlan: null, splitAddedBytes: 0 };
    const assigned = assignSplits(written.units, splitPlan.rules, BigInt(splitPlan.seed), splitsBefore);
    const counts = new Array<number>(splitPlan.rules.length + 1).fill(0);
    for (const split of assigned) counts[split]! += 1;
    const { sha256, addedBytes } = await putSplits(this.objects, projectId, assigned);
    return {
      splits: splitPlan.rules.map(({ name }, i) => ({ name, rowCount: counts[i + 1]! })),
      splitObject: sha256,
      splitPlan,
      splitAddedBytes: addedBytes,
    };
  }

  /** A chunk that was there when it was put may have been swept since; under the lock none is. */
  async #checkObjects(
    tx: Transaction,
    projectId: string,
    written: WrittenRows,
    manifest: { sha256: string; pages: string[] },
    split: string | null,
  ) {
    await this.versions.lockObjects(tx, projectId);
    const keys = [
      ...written.chunks.map(({ sha256 }) => ({ kind: chunkKind, sha256 })),
      ...[manifest.sha256, ...manifest.pages].map((sha256) => ({ kind: manifestKind, sha256 })),
      ...(split ? [{ kind: splitKind, sha256: split }] : []),
    ];
    for (const key of keys) {
      if (!(await this.objects.stat({ projectId, ...key }))) throw chunksLost();
    }
  }
}

/** Whoever wants the schema asks for it: it may be larger than a message. */
const createdEvent = (version: TaggedVersion, ctx: RequestContext) =>
  eventMessage(
    'data',
    DatasetVersionCreatedSchema,
    create(DatasetVersionCreatedSchema, { version: { ...toVersion(version), schemaJson: '' } }),
    ctx,
  );
