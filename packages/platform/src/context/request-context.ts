import { Role } from '@llmops/contracts/options/v1/options';
import { newSpanId, newTraceId, type TraceContext } from './traceparent.ts';

/** Who asks for what, until when: the first argument of every verb. It satisfies `Tenant` of the db package. */
export interface RequestContext {
  requestId: string;
  /** `usr_…`, `key_…`, or `system`. */
  actor: string;
  organizationId: string;
  organizationRole: Role;
  /** Empty for calls that are about no project. */
  projectId: string;
  projectRole: Role;
  trace: TraceContext;
  /** Milliseconds since the epoch; undefined for none. */
  deadlineMs?: number | undefined;
  /** Aborts when the caller leaves or the deadline passes. */
  signal: AbortSignal;
  /** The internal token, passed on to the next service. */
  token?: string | undefined;
}

/** The context of work that no caller asked for: consumers, jobs, first-run set-up. */
export const systemContext = (part: Partial<RequestContext> = {}): RequestContext => ({
  requestId: `req_${newSpanId()}`,
  actor: 'system',
  organizationId: '*',
  organizationRole: Role.ADMIN,
  projectId: '*',
  projectRole: Role.ADMIN,
  trace: { traceId: newTraceId(), spanId: newSpanId() },
  signal: new AbortController().signal,
  ...part,
});
