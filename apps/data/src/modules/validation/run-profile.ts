import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import { Inject, Injectable } from '@nestjs/common';
import { runTask } from '../../analysis/index.ts';
import { OpenVersion } from '../dataset/index.ts';
import type { DataJob } from '../job/index.ts';
import type { ProfileJobInput } from './get-profile.ts';
import { ProfileRepository } from './profile.repository.ts';
import { rowItems } from './row-items.ts';

const timeoutMs = 3_600_000;

@Injectable()
export class RunProfile {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly openVersion: OpenVersion,
    private readonly profiles: ProfileRepository,
  ) {}

  async run({ ctx, input, progress }: DataJob<ProfileJobInput>): Promise<{ resource: string }> {
    const opened = await this.openVersion.run(ctx, input.version);
    const items = rowItems(opened, ctx.signal, progress);
    const profile = await runTask({ task: 'profile', input: {}, items, timeoutMs, signal: ctx.signal });
    await this.database.tx(ctx, (tx) => this.profiles.setProfile(tx, input.version, profile));
    return { resource: input.version };
  }
}
