import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Outbox } from '@llmops/platform/events';
import { Inject, Injectable } from '@nestjs/common';
import { withdrawCredential } from '../credential/index.ts';
import { IdentityRepository } from './identity.repository.ts';

@Injectable()
export class DeleteSession {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly identities: IdentityRepository,
  ) {}

  /** Signs the caller out everywhere: the internal token does not say which session it came from. */
  async run(ctx: RequestContext): Promise<void> {
    await this.database.tx(ctx, async (tx) => {
      const hashes = await this.identities.deleteSessions(tx, ctx.actor);
      await this.outbox.add(tx, ...hashes.map(withdrawCredential));
    });
    await this.outbox.flush();
  }
}
