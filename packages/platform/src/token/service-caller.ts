import { Role } from '@llmops/contracts/options/v1/options';
import { type RequestContext, systemContext } from '../context/index.ts';
import { createTokenMinter, type Principal } from './index.ts';

/** Whose work a job or a consumer does. */
export interface ServiceTenant {
  organizationId: string;
  projectId: string;
}

/**
 * How a service calls others for work that no caller waits for: as `service:<name>`, an editor of the one project whose
 * work it is.
 */
export class ServiceCaller {
  readonly #mint: (principal: Principal) => Promise<string>;

  /** @param privateKey base64 of PKCS8 DER, Ed25519: `SERVICE_TOKEN_PRIVATE_KEY` */
  constructor(
    private readonly service: string,
    privateKey: string,
  ) {
    this.#mint = createTokenMinter(privateKey, service);
  }

  async contextFor({ organizationId, projectId }: ServiceTenant, signal?: AbortSignal): Promise<RequestContext> {
    const principal: Principal = {
      actor: `service:${this.service}`,
      organizationId,
      organizationRole: Role.UNSPECIFIED,
      projectId,
      projectRole: Role.EDITOR,
    };
    return systemContext({ ...principal, token: await this.#mint(principal), ...(signal && { signal }) });
  }
}
