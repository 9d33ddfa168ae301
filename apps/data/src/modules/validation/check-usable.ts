import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { OpenVersion, type Verdict } from '../dataset/index.ts';
import { blocks } from './decide-verdict.ts';
import { ReportRepository } from './report.repository.ts';

export interface Usability {
  verdict: Verdict;
  /** The failed checks that block; empty when it may be used. */
  reasons: string[];
  /** The report that blocks, or the newest; empty when there is none. */
  report: string;
}

@Injectable()
export class CheckUsable {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly openVersion: OpenVersion,
    private readonly reports: ReportRepository,
  ) {}

  /** Throws `data.version_not_found`. A version nobody validated may be used. */
  async run(ctx: RequestContext, versionId: string): Promise<Usability> {
    const { version } = await this.openVersion.run(ctx, versionId);
    const reports = await this.database.tx(ctx, (tx) => this.reports.newestOfSuites(tx, ctx.projectId, versionId));
    const newest = reports.toSorted((a, b) => (a.id < b.id ? 1 : -1));
    const blocking = newest.filter(({ verdict }) => verdict === 'blocked');
    const failed = blocking.flatMap(({ results }) => (results ?? []).filter(blocks));
    return {
      verdict: version.verdict,
      reasons: failed.map(({ name, message }) => `${name}: ${message}`),
      report: (blocking[0] ?? newest[0])?.id ?? '',
    };
  }
}
