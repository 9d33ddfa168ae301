import { createDatabase, type Database } from '@llmops/db';
import { newId } from '@llmops/platform';
import { createTestDatabase, newTenant } from '@llmops/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrationsFolder } from './migrate.ts';

const tenant = newTenant();
const version = newId('ix');
let database: Database;
let admin: Database;

beforeAll(async () => {
  const test = await createTestDatabase({ retrieval: migrationsFolder });
  database = createDatabase({ url: test.url('retrieval'), maxConnections: 2 });
  admin = createDatabase({ url: test.adminUrl, maxConnections: 1 });
  await admin.pool.query(
    `insert into retrieval.index_versions (id, organization_id, project_id, knowledge_base_id, number, settings, models,
       parser_version, chunker_version, analyzer_version, state, document_set, digest, last_ordinal, created_by)
     values ($1, $2, $3, 'kb_1', 1, '{}', '[]', '', '', '', 'ready', '', '', 0, '')`,
    [version, tenant.organizationId, tenant.projectId],
  );
  await database.tx(tenant, (tx) => tx.client.query('select create_index_partitions($1, 1)', [version]));
  await database.tx(tenant, (tx) =>
    tx.client.query(`insert into vectors values ($1, 1, $2, 1, '[1,0,0]'), ($1, 2, $2, 2, '[0,1,0]')`, [
      `${version}:0`,
      tenant.projectId,
    ]),
  );
});
afterAll(async () => {
  await database.close();
  await admin.close();
});

const as = (who: { projectId: string }, sql: string, values: unknown[] = []) =>
  database.tx({ ...tenant, ...who }, (tx) => tx.client.query(sql, values));

test.each([
  ['select create_index_partitions($1, 1)', [version]],
  ['select build_vector_index($1, 0, 3, 16, 64, 16)', [version]],
  ['select index_size_bytes($1)', [version]],
  ['select drop_index_partitions($1)', [version]],
])('another project cannot %s', async (sql, values) => {
  await expect(as(newTenant(), sql, values)).rejects.toThrow('no such index version');
});

test('arguments that are no ids or sizes reach no statement', async () => {
  for (const id of ['ix_1; drop table documents', `${version}"`, 'chunks', '']) {
    await expect(as(tenant, 'select drop_index_partitions($1)', [id])).rejects.toThrow('not an index version');
  }
  await expect(as(tenant, 'select build_vector_index($1, 9, 3, 16, 64, 16)', [version])).rejects.toThrow(
    'out of range',
  );
  await expect(as(tenant, 'select create_index_partitions($1, 99)', [version])).rejects.toThrow('too many slots');
});

test('rows are reached through their table and its rules only', async () => {
  const partition = `retrieval.vectors_${version.slice(3)}_0`;
  await expect(as(tenant, `select * from ${partition}`)).rejects.toThrow('permission denied');
  await expect(as(tenant, `drop table ${partition}`)).rejects.toThrow('must be owner');
  await expect(as(tenant, `select attach_partition('chunks', 'x', 'y')`)).rejects.toThrow('permission denied');
  expect((await as(tenant, 'select 1 from vectors')).rowCount).toBe(2);
  expect((await as(newTenant(), 'select 1 from vectors')).rowCount).toBe(0);
});

test('an HNSW index is made by the service, used by the planner, and dropped with its version', async () => {
  await as(tenant, 'select build_vector_index($1, 0, 3, 16, 64, 16)', [version]);
  const plan = await database.tx(tenant, async (tx) => {
    await tx.client.query('set local enable_seqscan = off; set local enable_sort = off');
    const { rows } = await tx.client.query<{ 'QUERY PLAN': string }>(
      `explain select chunk_ordinal from vectors where partition = '${version}:0'
       order by embedding::halfvec(3) <=> '[1,0,0]'::halfvec limit 1`,
    );
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  });
  expect(plan).toContain('_hnsw');
  await as(tenant, 'select drop_index_partitions($1)', [version]);
  expect((await as(tenant, 'select 1 from vectors')).rowCount).toBe(0);
});
