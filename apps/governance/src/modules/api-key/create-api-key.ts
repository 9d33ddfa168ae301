import { Role } from '@llmops/contracts/options/v1/options';
import type { Database } from '@llmops/db';
import { DATABASE, newId } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Outbox } from '@llmops/platform/events';
import { Inject, Injectable } from '@nestjs/common';
import { CredentialRepository, newSecret, publishCredential } from '../credential/index.ts';
import { expiryPast, roleTooHigh } from './api-key.errors.ts';
import { ApiKeyRepository, type ApiKeyRow } from './api-key.repository.ts';

export interface CreateApiKeyInput {
  displayName: string;
  role: Role;
  expireTime?: Date | undefined;
}

@Injectable()
export class CreateApiKey {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly keys: ApiKeyRepository,
    private readonly credentials: CredentialRepository,
  ) {}

  /** Returns the secret, which is not kept; the key works at every gateway when this returns. */
  async run(ctx: RequestContext, input: CreateApiKeyInput): Promise<{ row: ApiKeyRow; secret: string }> {
    const role = input.role || Role.INFERENCE;
    if (role > ctx.projectRole) throw roleTooHigh();
    if (input.expireTime && input.expireTime.getTime() <= Date.now()) throw expiryPast();
    const { secret, hash, visiblePrefix } = newSecret('llmk');
    const row = await this.database.tx(ctx, async (tx) => {
      const inserted = await this.keys.insert(tx, {
        id: newId('key'),
        organizationId: ctx.organizationId,
        projectId: ctx.projectId,
        displayName: input.displayName,
        secretHash: hash,
        prefix: visiblePrefix,
        role,
        // A key reads what the organisation shares, such as the model catalogue, if its maker does; it changes nothing there.
        organizationRole: Math.min(role, Role.VIEWER, ctx.organizationRole),
        createdBy: ctx.actor,
        expireTime: input.expireTime ?? null,
      });
      await this.outbox.add(tx, publishCredential(hash, this.credentials.ofApiKey(inserted)));
      return inserted;
    });
    await this.outbox.flush();
    return { row, secret };
  }
}
