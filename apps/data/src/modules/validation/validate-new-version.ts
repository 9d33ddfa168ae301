import { type Database, recordOnce } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import { systemContext } from '@llmops/platform/context';
import { isAppError } from '@llmops/platform/errors';
import { Outbox } from '@llmops/platform/events';
import { Inject, Injectable } from '@nestjs/common';
import { inbox } from '../../db/schema.ts';
import { OpenVersion, type TaggedVersion } from '../dataset/index.ts';
import { ReportRepository } from './report.repository.ts';
import { SuiteRepository } from './suite.repository.ts';
import { checksFromJson } from './suite-checks.ts';
import { ValidateVersion } from './validate-version.ts';

export interface NewVersion {
  /** Of the event. */
  messageId: string;
  organizationId: string;
  projectId: string;
  versionId: string;
}

@Injectable()
export class ValidateNewVersion {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly openVersion: OpenVersion,
    private readonly suites: SuiteRepository,
    private readonly reports: ReportRepository,
    private readonly validate: ValidateVersion,
  ) {}

  /** Begins the suites that run by themselves on the version's dataset; an event that comes twice begins them once. */
  async run(durable: string, { messageId, organizationId, projectId, versionId }: NewVersion): Promise<void> {
    const ctx = systemContext({ organizationId, projectId });
    const version = await this.#version(ctx, versionId);
    if (!version) return;
    await this.database.tx(ctx, async (tx) => {
      const fresh = await recordOnce(tx, inbox, durable, [messageId]);
      if (!fresh.has(messageId)) return;
      for (const suite of await this.suites.ofDataset(tx, projectId, version.datasetId)) {
        if (await this.reports.has(tx, version.id, suite.id)) continue;
        await this.validate.begin(tx, ctx, version, suite.id, checksFromJson(suite.checks));
      }
    });
    this.outbox.poke();
  }

  /** Undefined when it was deleted since. */
  async #version(ctx: ReturnType<typeof systemContext>, id: string): Promise<TaggedVersion | undefined> {
    try {
      return (await this.openVersion.run(ctx, id)).version;
    } catch (error) {
      if (isAppError(error) && error.code === 'data.version_not_found') return undefined;
      throw error;
    }
  }
}
