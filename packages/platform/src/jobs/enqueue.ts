import {
  addToOutbox,
  type JobRow,
  type JobsTable,
  type OutboxMessage,
  type OutboxTable,
  type Transaction,
} from '@llmops/db';
import { and, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import { newId } from '../ids/index.ts';

export interface JobTables {
  jobs: JobsTable;
  outbox: OutboxTable;
}

export interface EnqueueInput {
  service: string;
  /** `fetch-model` */
  kind: string;
  organizationId: string;
  projectId: string;
  input: unknown;
}

/** `llmops.<service>.jobs.<kind>`: the work queue carries the job's id and nothing else. */
export const jobSubject = (service: string, kind: string): string => `llmops.${service}.jobs.${kind}`;

/** Writes the job and tells the workers, in the caller's transaction. Returns the job's id. */
export async function enqueueJob(tx: Transaction, tables: JobTables, input: EnqueueInput): Promise<string> {
  const id = newId('job');
  const { service, ...row } = input;
  await tx.insert(tables.jobs).values({ id, ...row });
  await addToOutbox(tx, tables.outbox, announcement(service, input.kind, id));
  return id;
}

const announcement = (service: string, kind: string, id: string): OutboxMessage => ({
  subject: jobSubject(service, kind),
  payload: id,
  headers: { 'Nats-Msg-Id': id },
});

/**
 * Tells the workers again of jobs that nobody works on: NATS may have lost its state, the rows are the truth. Call it at
 * boot and now and then; a job that is announced twice runs once. Returns the jobs' ids.
 */
export async function announceIdleJobs(tx: Transaction, tables: JobTables, service: string): Promise<string[]> {
  const { jobs, outbox } = tables;
  const idle = and(
    inArray(jobs.state, ['queued', 'running']),
    or(isNull(jobs.leaseExpireTime), lt(jobs.leaseExpireTime, sql`now()`)),
    lt(jobs.updateTime, sql`now() - interval '1 minute'`),
  );
  const rows = await tx.select({ id: jobs.id, kind: jobs.kind }).from(jobs).where(idle);
  await addToOutbox(tx, outbox, ...rows.map(({ id, kind }) => announcement(service, kind, id)));
  return rows.map(({ id }) => id);
}

export async function getJob(tx: Transaction, jobs: JobsTable, id: string): Promise<JobRow | undefined> {
  const [row] = await tx.select().from(jobs).where(eq(jobs.id, id));
  return row;
}

/** Asks a job to stop: one that waits ends at once, a running one at its next heartbeat. */
export async function requestCancel(tx: Transaction, jobs: JobsTable, id: string): Promise<void> {
  const open = and(eq(jobs.id, id), inArray(jobs.state, ['queued', 'running']));
  const state = sql<JobRow['state']>`case when ${jobs.state} = 'queued' then 'cancelled' else ${jobs.state} end`;
  await tx.update(jobs).set({ cancelRequested: true, state, updateTime: new Date() }).where(open);
}
