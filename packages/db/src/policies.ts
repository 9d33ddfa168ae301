import { sql } from 'drizzle-orm';
import { pgPolicy } from 'drizzle-orm/pg-core';

const within = (column: string, setting: string) => sql.raw(`current_setting('${setting}', true) in (${column}, '*')`);

/** Row-level security of a table with `project_id`: rows of the transaction's project only. */
export const projectPolicy = () =>
  pgPolicy('project_isolation', {
    for: 'all',
    using: within('project_id', 'app.project_id'),
    withCheck: within('project_id', 'app.project_id'),
  });

/** Row-level security of a table that belongs to an organisation; `column` holds its id. */
export const organizationPolicy = (column = 'organization_id') =>
  pgPolicy('organization_isolation', {
    for: 'all',
    using: within(column, 'app.organization_id'),
    withCheck: within(column, 'app.organization_id'),
  });
