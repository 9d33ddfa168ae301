import type { Database, JobRow } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Outbox } from '@llmops/platform/events';
import { enqueueJob } from '@llmops/platform/jobs';
import { Inject, Injectable } from '@nestjs/common';
import { jobs, outbox } from '../../db/schema.ts';
import type { TableProfile } from '../../profile/index.ts';
import { GetVersion, type TaggedVersion } from '../dataset/index.ts';
import type { JobInput } from '../job/index.ts';
import { ProfileRepository } from './profile.repository.ts';

/** How a profile is queued. */
export const profileJob = { service: 'data', kind: 'profile-version' } as const;

export interface ProfileJobInput extends JobInput {
  /** `dsv_…` */
  version: string;
}

export interface VersionProfile {
  version: string;
  profile: TableProfile | null;
  job: JobRow | null;
}

@Injectable()
export class GetProfile {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly getVersion: GetVersion,
    private readonly profiles: ProfileRepository,
  ) {}

  /** Begins the work on the first call, and anew where it had failed. */
  async run(ctx: RequestContext, dataset: string, name: string): Promise<VersionProfile> {
    const version = await this.getVersion.run(ctx, dataset, name);
    const found = await this.database.tx(ctx, async (tx) => {
      const present = await this.profiles.get(tx, ctx.projectId, version.id);
      const open = present?.job?.state === 'queued' || present?.job?.state === 'running';
      if (present && (present.profile || open)) return present;
      await this.#begin(tx, ctx, version, present?.job?.id);
      return this.profiles.get(tx, ctx.projectId, version.id);
    });
    this.outbox.poke();
    return { version: version.id, profile: found?.profile ?? null, job: found?.job ?? null };
  }

  async #begin(
    tx: Parameters<ProfileRepository['get']>[0],
    { organizationId, projectId, actor }: RequestContext,
    version: TaggedVersion,
    replaces: string | undefined,
  ): Promise<void> {
    const input: ProfileJobInput = { resource: version.datasetId, actor, version: version.id };
    const job = await enqueueJob(tx, { jobs, outbox }, { ...profileJob, organizationId, projectId, input });
    await this.profiles.setJob(tx, projectId, version.id, job, replaces);
  }
}
