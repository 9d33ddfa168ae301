import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { AppError } from '@llmops/platform/errors';
import { Inject, Injectable } from '@nestjs/common';
import { GetVersion } from './get-version.ts';
import { type TaggedVersion, VersionRepository } from './version.repository.ts';

const reserved = (tag: string) =>
  new AppError({
    code: 'data.tag_reserved',
    category: 'invalid',
    message: `tag: ${JSON.stringify(tag)} already means a version; choose another name.`,
    fields: [{ field: 'tag', message: 'is reserved' }],
  });

@Injectable()
export class TagVersion {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly getVersion: GetVersion,
    private readonly versions: VersionRepository,
  ) {}

  /** Moves the tag here, or takes it away. */
  async run(
    ctx: RequestContext,
    input: { dataset: string; version: string; tag: string; remove: boolean },
  ): Promise<TaggedVersion> {
    const { dataset, tag, remove } = input;
    if (tag === 'latest' || tag.startsWith('dsv_')) throw reserved(tag);
    const version = await this.getVersion.run(ctx, dataset, input.version);
    await this.database.tx(ctx, (tx) =>
      remove ? this.versions.removeTag(tx, version, tag) : this.versions.setTag(tx, version, tag),
    );
    return this.getVersion.run(ctx, dataset, version.id);
  }
}
