import type { Database, Transaction } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { versionNotFound } from './dataset.errors.ts';
import { GetDataset } from './get-dataset.ts';
import { type TaggedVersion, VersionRepository } from './version.repository.ts';

@Injectable()
export class GetVersion {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly getDataset: GetDataset,
    private readonly versions: VersionRepository,
  ) {}

  /** By `dsv_…`, number, tag, or `latest` (also when empty). A tag may not be named like the others. */
  async run(ctx: RequestContext, datasetId: string, version: string): Promise<TaggedVersion> {
    const dataset = await this.getDataset.run(ctx, datasetId);
    const name = version === '' || version === 'latest' ? (dataset.latest?.id ?? '') : version;
    const found = await this.database.tx(ctx, (tx) => this.#find(tx, ctx.projectId, datasetId, name));
    if (!found || found.datasetId !== datasetId) throw versionNotFound(version || 'latest');
    return found;
  }

  #find(tx: Transaction, projectId: string, datasetId: string, name: string): Promise<TaggedVersion | undefined> {
    if (name.startsWith('dsv_')) return this.versions.byId(tx, projectId, name);
    if (/^\d{1,9}$/.test(name)) return this.versions.byNumber(tx, datasetId, Number(name));
    return this.versions.byTag(tx, datasetId, name);
  }
}
