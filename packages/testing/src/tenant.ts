import { Role } from '@llmops/contracts/options/v1/options';
import { newId, type Principal } from '@llmops/platform';
import { type RequestContext, systemContext } from '@llmops/platform/context';

export type TestTenant = Pick<Principal, 'organizationId' | 'projectId'>;

/** Ids that no other test has. */
export const newTenant = (): TestTenant => ({ organizationId: newId('org'), projectId: newId('prj') });

/** The context of an administrator of the tenant, or of whatever `part` says. */
export const testContext = (tenant: TestTenant, part: Partial<RequestContext> = {}): RequestContext =>
  systemContext({ actor: newId('usr'), organizationRole: Role.ADMIN, projectRole: Role.ADMIN, ...tenant, ...part });

/** As `testContext`, with the token the edge would have minted: what a call of a service needs. */
export async function testCaller(
  tokens: { mint: (principal: Principal) => Promise<string> },
  tenant: TestTenant,
  part: Partial<RequestContext> = {},
): Promise<RequestContext> {
  const context = testContext(tenant, part);
  return { ...context, token: await tokens.mint(context) };
}
