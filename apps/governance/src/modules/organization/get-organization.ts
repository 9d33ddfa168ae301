import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { OrganizationRepository } from './organization.repository.ts';

@Injectable()
export class GetOrganization {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly organizations: OrganizationRepository,
  ) {}

  async run(ctx: RequestContext) {
    const row = await this.database.tx(ctx, (tx) => this.organizations.get(tx, ctx.organizationId));
    if (!row) throw new Error(`organisation ${ctx.organizationId} of a valid token is gone`);
    return row;
  }
}
