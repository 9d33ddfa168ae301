/** Whose rows a transaction may see. Row-level security hides everything else, and everything when a field is absent. */
export interface Tenant {
  organizationId?: string | undefined;
  projectId?: string | undefined;
}

/** Sees every tenant's rows: for consumers, jobs, the outbox and first-run set-up; never for a caller's request. */
export const systemTenant: Tenant = { organizationId: '*', projectId: '*' };
