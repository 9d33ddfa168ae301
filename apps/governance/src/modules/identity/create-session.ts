import { type Database, systemTenant } from '@llmops/db';
import { CONFIG, DATABASE } from '@llmops/platform';
import { Outbox } from '@llmops/platform/events';
import { Inject, Injectable } from '@nestjs/common';
import type { ServeConfig } from '../../config.ts';
import { CredentialRepository, newSecret, publishCredential, withdrawCredential } from '../credential/index.ts';
import { signInFailed, tooManySignIns } from './identity.errors.ts';
import { IdentityRepository, type UserRow } from './identity.repository.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { SignInLimiter } from './sign-in-limiter.ts';

// Checked when the address is unknown, so that the answer takes as long as for a known one.
const nobody = hashPassword('nobody');

@Injectable()
export class CreateSession {
  readonly #limiter = new SignInLimiter();

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CONFIG) private readonly config: ServeConfig,
    private readonly outbox: Outbox,
    private readonly identities: IdentityRepository,
    private readonly credentials: CredentialRepository,
  ) {}

  /** The token is known to every gateway when this returns. */
  async run(email: string, password: string): Promise<{ userId: string; token: string; expireTime: Date }> {
    const address = email.toLowerCase();
    const waitMs = this.#limiter.waitMs(address);
    if (waitMs > 0) throw tooManySignIns(waitMs);
    this.#limiter.begin(address);
    // Who signs in has no tenant yet: the address decides it.
    const user = await this.database.tx(systemTenant, (tx) => this.identities.userByEmail(tx, address));
    const matches = await verifyPassword(password, user?.passwordHash ?? (await nobody));
    if (!user || !matches) throw signInFailed();
    this.#limiter.succeeded(address);
    return this.#open(user);
  }

  async #open(user: UserRow) {
    const { secret, hash } = newSecret('llms');
    const expireTime = new Date(Date.now() + this.config.GOVERNANCE_SESSION_HOURS * 3_600_000);
    await this.database.tx(systemTenant, async (tx) => {
      const expired = await this.identities.deleteExpiredSessions(tx);
      const { organizationId } = user;
      await this.identities.insertSession(tx, { tokenHash: hash, userId: user.id, organizationId, expireTime });
      const facts = (await this.credentials.ofSessions(tx, organizationId)).get(hash)!;
      await this.outbox.add(tx, ...expired.map(withdrawCredential), publishCredential(hash, facts));
    });
    await this.outbox.flush();
    return { userId: user.id, token: secret, expireTime };
  }
}
