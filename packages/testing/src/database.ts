import { randomBytes } from 'node:crypto';
import { migrate } from '@llmops/db';
import { prepareDatabase, SERVICES_WITH_DATABASE } from '@llmops/embedded';
import { inject } from 'vitest';
import './provided.ts';

export interface TestDatabase {
  /** As `<service>_app`: what the service itself gets. */
  url(service: string): string;
  ownerUrl(service: string): string;
  /** As superuser, for looking behind the service's back. */
  adminUrl: string;
}

// Roles belong to the server, which all test files share: one password, set again to the same value by each.
const password = 'test';

/** A fresh database with every service's schema and roles, and the migrations of those named in `folders`. */
export async function createTestDatabase(folders: Record<string, string> = {}): Promise<TestDatabase> {
  const database = `test_${randomBytes(6).toString('hex')}`;
  const roles = SERVICES_WITH_DATABASE.flatMap((service) => [`${service}_app`, `${service}_owner`]);
  const adminUrl = await prepareDatabase(inject('postgresUrl'), {
    database,
    passwords: Object.fromEntries(roles.map((role) => [role, password])),
  });
  const as = (role: string) => {
    const url = new URL(adminUrl);
    url.username = role;
    url.password = password;
    return url.href;
  };
  const result: TestDatabase = {
    adminUrl,
    url: (service) => as(`${service}_app`),
    ownerUrl: (service) => as(`${service}_owner`),
  };
  for (const [service, folder] of Object.entries(folders)) {
    await migrate({ ownerUrl: result.ownerUrl(service), service, folder });
  }
  return result;
}
