import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareDatabase } from '@llmops/embedded';
import { eq, sql } from 'drizzle-orm';
import { pgSchema, text } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import {
  appliesSchema,
  createDatabase,
  type Database,
  inboxTable,
  isOutage,
  migrate,
  projectPolicy,
  recordOnce,
  systemTenant,
} from '../src/index.ts';

const schema = pgSchema('cost');
const notes = schema.table('notes', { id: text('id').primaryKey(), projectId: text('project_id').notNull() }, () => [
  projectPolicy(),
]);
const inbox = inboxTable(schema);

const initial = `
create table cost.notes (id text primary key, project_id text not null);
--> statement-breakpoint
alter table cost.notes enable row level security;
--> statement-breakpoint
create policy project_isolation on cost.notes for all
  using (current_setting('app.project_id', true) in (project_id, '*'))
  with check (current_setting('app.project_id', true) in (project_id, '*'));
--> statement-breakpoint
create table cost.inbox (durable text, message_id text, receive_time timestamptz default now(), primary key (durable, message_id));`;

let urls: { app: string; owner: string; other: string; admin: string };
let database: Database;
let folder: string;

/** A migrations folder with these SQL files, as drizzle-kit lays it out. */
async function migrations(...files: string[]): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'llmops-migrations-'));
  await mkdir(join(path, 'meta'));
  const entries = files.map((_, index) => ({
    idx: index,
    version: '7',
    when: 1000 + index,
    tag: `000${index}_m`,
    breakpoints: true,
  }));
  await writeFile(join(path, 'meta/_journal.json'), JSON.stringify({ version: '7', dialect: 'postgresql', entries }));
  for (const [index, content] of files.entries()) await writeFile(join(path, `000${index}_m.sql`), content);
  return path;
}

beforeAll(async () => {
  const roles = ['cost_app', 'cost_owner', 'governance_app'];
  const name = `test_${Date.now().toString(36)}_db`;
  const admin = await prepareDatabase(inject('postgresUrl' as never), {
    database: name,
    passwords: Object.fromEntries(roles.map((role) => [role, 'test'])),
  });
  const as = (role: string) => Object.assign(new URL(admin), { username: role, password: 'test' }).href;
  urls = { app: as('cost_app'), owner: as('cost_owner'), other: as('governance_app'), admin };
  folder = await migrations(initial);
  await migrate({ ownerUrl: urls.owner, service: 'cost', folder });
  database = createDatabase({ url: urls.app });
});
afterAll(() => database?.close());

test('a query without a filter sees the rows of its own project only, and none without a project', async () => {
  for (const projectId of ['a', 'b']) {
    await database.tx({ projectId }, (tx) => tx.insert(notes).values({ id: `note-${projectId}`, projectId }));
  }
  const seenBy = (tenant: { projectId?: string }) => database.tx(tenant, (tx) => tx.select().from(notes));
  expect((await seenBy({ projectId: 'a' })).map(({ id }) => id)).toEqual(['note-a']);
  expect(await seenBy({})).toEqual([]);
  expect(await seenBy({ projectId: "a' or true --" })).toEqual([]);
  expect((await seenBy(systemTenant)).length).toBe(2);
});

test("a row cannot be written into another's project, nor changed there", async () => {
  await expect(
    database.tx({ projectId: 'a' }, (tx) => tx.insert(notes).values({ id: 'smuggled', projectId: 'b' })),
  ).rejects.toMatchObject({ cause: { message: expect.stringContaining('row-level security') } });
  const changed = await database.tx({ projectId: 'a' }, (tx) =>
    tx.update(notes).set({ id: 'taken' }).where(eq(notes.projectId, 'b')).returning(),
  );
  expect(changed).toEqual([]);
});

test('the tenant of one transaction does not leak into the next on the same connection', async () => {
  const single = createDatabase({ url: urls.app, maxConnections: 1 });
  await single.tx({ projectId: 'a' }, async () => {});
  const { rows } = await single.pool.query('select * from cost.notes');
  expect(rows).toEqual([]);
  await single.close();
});

test("a service's role cannot read another service's schema, nor change its own", async () => {
  const other = new pg.Client({ connectionString: urls.other });
  await other.connect();
  await expect(other.query('select * from cost.notes')).rejects.toMatchObject({ code: '42501' });
  await other.end();
  await expect(database.pool.query('create table cost.mine (id int)')).rejects.toMatchObject({ code: '42501' });
});

test('a failed BEGIN gives its connection back', async () => {
  const single = createDatabase({ url: urls.app, maxConnections: 1 });
  const admin = new pg.Client({ connectionString: urls.admin });
  await admin.connect();
  for (let round = 0; round < 3; round += 1) {
    const { rows } = await single.pool.query<{ pid: number }>('select pg_backend_pid() as pid');
    await admin.query('select pg_terminate_backend($1)', [rows[0]!.pid]);
    // The first use after the cut may meet the dead connection; it must not cost the pool its only place.
    await single.tx({}, async () => {}).catch((error: unknown) => expect(isOutage(error)).toBe(true));
    await expect(single.tx({}, async () => 'alive')).resolves.toBe('alive');
  }
  await admin.end();
  await single.close();
});

test('a connection that is cut inside a transaction is not used again', async () => {
  const single = createDatabase({ url: urls.app, maxConnections: 1 });
  const cut = single.tx({}, (tx) => tx.execute(sql`select pg_terminate_backend(pg_backend_pid())`));
  await expect(cut).rejects.toSatisfy(isOutage);
  await expect(single.tx({}, async () => 'alive')).resolves.toBe('alive');
  await single.close();
});

test('of a message that comes twice, also at the same time, one is new', async () => {
  const once = () => database.tx(systemTenant, (tx) => recordOnce(tx, inbox, 'd', ['m1', 'm2', 'm1']));
  const results = await Promise.all([once(), once(), once()]);
  expect(results.map((fresh) => fresh.size).sort()).toEqual([0, 0, 2]);
});

test('an effect that fails leaves the message unseen', async () => {
  const failing = database.tx(systemTenant, async (tx) => {
    await recordOnce(tx, inbox, 'd', ['m3']);
    throw new Error('effect failed');
  });
  await expect(failing).rejects.toThrow('effect failed');
  const fresh = await database.tx(systemTenant, (tx) => recordOnce(tx, inbox, 'd', ['m3']));
  expect([...fresh]).toEqual(['m3']);
});

test('a process is unready until its schema is there, and the previous release runs on the next schema', async () => {
  const next = await migrations(initial, 'alter table cost.notes add column body text');
  expect(await appliesSchema(database, 'cost', folder)).toBe(true);
  expect(await appliesSchema(database, 'cost', next)).toBe(false);
  await migrate({ ownerUrl: urls.owner, service: 'cost', folder: next });
  expect(await appliesSchema(database, 'cost', next)).toBe(true);
  expect(await appliesSchema(database, 'cost', folder)).toBe(true);
  await database.tx({ projectId: 'a' }, (tx) => tx.insert(notes).values({ id: 'by-the-old-release', projectId: 'a' }));
});

test('a migration that fails at any statement leaves nothing behind and can run again', async () => {
  const statements = [
    'create table cost.one (id int)',
    'create table cost.two (id int)',
    'create table cost.three (id int)',
  ];
  for (let broken = 0; broken < statements.length; broken += 1) {
    const cut = statements.map((statement, index) => (index === broken ? 'select 1/0' : statement));
    const bad = await migrations(initial, 'select 1', cut.join('--> statement-breakpoint\n'));
    await expect(migrate({ ownerUrl: urls.owner, service: 'cost', folder: bad })).rejects.toThrow();
    const { rows } = await database.pool.query("select to_regclass('cost.one') as one, to_regclass('cost.two') as two");
    expect(rows).toEqual([{ one: null, two: null }]);
  }
  const good = await migrations(initial, 'select 1', statements.join('--> statement-breakpoint\n'));
  await migrate({ ownerUrl: urls.owner, service: 'cost', folder: good });
  const { rows } = await database.pool.query("select to_regclass('cost.three')::text as three");
  expect(rows).toEqual([{ three: 'three' }]);
});

test('migrations of replicas that start together run once', async () => {
  const together = await migrations(initial, 'select 1', 'select 1', 'create table cost.together (id int)');
  await Promise.all(
    Array.from({ length: 4 }, () => migrate({ ownerUrl: urls.owner, service: 'cost', folder: together })),
  );
  expect(await appliesSchema(database, 'cost', together)).toBe(true);
});
