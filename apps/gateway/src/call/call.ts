import type { IncomingHttpHeaders } from 'node:http';
import type { Call_StatusJson, CallJson, PhaseJson, StepJson, UsageJson } from '@llmops/contracts/gateway/v1/call';
import type { Route } from '@llmops/contracts/models/v1/provider';
import type { TokenUsage } from '@llmops/llm-protocol';
import { newId, type Principal } from '@llmops/platform';
import { newSpanId, newTraceId, parseTraceparent, type RequestContext } from '@llmops/platform/context';

/** Why a call was ended from outside: its client left, it took too long, or the gateway stops. */
export type EndReason = 'client_left' | 'timeout' | 'shutting_down';

export type Operation = 'chat' | 'text_completion' | 'embeddings';

/** What one request does on its way through, filled in as it goes; recorded once at its end. */
export class Call {
  readonly id = newId('call');
  readonly startMs = Date.now();
  readonly spanId = newSpanId();
  readonly traceId: string;
  readonly parentSpanId: string;
  sessionId: string;
  readonly #startedAt = performance.now();
  readonly #controller = new AbortController();

  principal: Principal | undefined;
  token = '';
  route: Route | undefined;
  requestedModel = '';
  endUser = '';
  stream = false;
  input: unknown;
  parameters: unknown;
  output: unknown;
  /** All that was generated, for counting when the upstream gave no figures. */
  outputText = '';
  responseModel = '';
  finishReason = '';
  usage: TokenUsage | undefined;
  usageEstimated = false;
  firstTokenMs = 0;
  phases: PhaseJson[] = [];
  /** What was done beside the model call. */
  steps: StepJson[] = [];
  status: Call_StatusJson = 'STATUS_OK';
  httpStatus = 200;
  errorCode = '';
  errorMessage = '';
  endedBy: EndReason | undefined;

  constructor(
    readonly operation: Operation,
    headers: IncomingHttpHeaders,
    readonly timeoutMs: number,
  ) {
    const parent = parseTraceparent(headers['traceparent'] as string | undefined);
    this.traceId = parent?.traceId ?? newTraceId();
    this.parentSpanId = parent?.spanId ?? '';
    const session = headers['x-session-id'];
    this.sessionId = typeof session === 'string' ? session.slice(0, 200) : '';
  }

  /** What every answer carries, whatever becomes of the call. */
  responseHeaders(): Record<string, string> {
    return {
      'x-request-id': this.id,
      'x-llmops-call-id': this.id,
      'x-llmops-trace-id': this.traceId,
      ...(this.route ? { 'x-llmops-release-id': this.route.releaseId } : {}),
    };
  }

  /** Aborts when the call is ended from outside. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Ends the call before its time; the first reason counts. */
  end(reason: EndReason): void {
    this.endedBy ??= reason;
    this.#controller.abort();
  }

  /** Milliseconds since the request arrived. */
  elapsedMs(): number {
    return performance.now() - this.#startedAt;
  }

  /** Call before each piece goes out; the first one counts. */
  tokenLeft(): void {
    if (this.firstTokenMs === 0) this.firstTokenMs = this.elapsedMs();
  }

  /** For calls to other services on behalf of this one. */
  context(): RequestContext {
    return {
      ...this.principal!,
      requestId: this.id,
      trace: { traceId: this.traceId, spanId: this.spanId },
      deadlineMs: this.startMs + this.timeoutMs,
      signal: this.signal,
      token: this.token,
    };
  }

  /**
   * The record in its event's JSON form, without what is empty: every field costs on the way through the stream.
   * `capture` makes text of messages and answers.
   */
  toJson(durationMs: number, capture: (value: unknown) => string): CallJson {
    const { principal, route, usage } = this;
    const json: CallJson = {
      id: this.id,
      organizationId: principal?.organizationId ?? '',
      project: principal?.projectId ?? '',
      actor: principal?.actor ?? '',
      traceId: this.traceId,
      spanId: this.spanId,
      operation: this.operation,
      requestedModel: plain(this.requestedModel),
      provider: route?.upstream.case === 'http' ? route.upstream.value.provider : 'llmops',
      startTime: new Date(this.startMs).toISOString(),
      durationMs,
      status: this.status,
      httpStatus: this.httpStatus,
      inputJson: capture(this.input),
      outputJson: capture(this.output),
      parametersJson: capture(this.parameters),
    };
    if (this.parentSpanId !== '') json.parentSpanId = this.parentSpanId;
    if (route) json.releaseId = route.releaseId;
    if (this.responseModel !== '') json.responseModel = plain(this.responseModel);
    if (this.firstTokenMs > 0) json.timeToFirstTokenMs = this.firstTokenMs;
    if (this.errorCode !== '') json.errorCode = plain(this.errorCode);
    if (this.errorMessage !== '') json.errorMessage = plain(this.errorMessage, 4_096);
    if (usage) json.usage = usageJson(usage, this.usageEstimated);
    if (this.stream) json.stream = true;
    if (this.finishReason !== '') json.finishReason = plain(this.finishReason);
    if (this.sessionId !== '') json.sessionId = plain(this.sessionId);
    if (this.endUser !== '') json.endUser = plain(this.endUser);
    if (this.phases.length > 0) json.phases = this.phases;
    if (this.steps.length > 0) json.steps = this.steps;
    return json;
  }
}

/**
 * Text that every consumer takes. It comes from callers and upstreams: half a surrogate pair or a megabyte of it would
 * make the whole message, other calls and all, unreadable or too large to send.
 */
const plain = (text: unknown, maxLength = 200): string =>
  typeof text === 'string' ? text.slice(0, maxLength).toWellFormed() : '';

const usageJson = (usage: TokenUsage, estimated: boolean): UsageJson => {
  const json: UsageJson = { inputTokens: String(usage.inputTokens), outputTokens: String(usage.outputTokens) };
  if (usage.cachedInputTokens > 0) json.cachedInputTokens = String(usage.cachedInputTokens);
  if (usage.cacheWriteTokens > 0) json.cacheWriteTokens = String(usage.cacheWriteTokens);
  if (usage.reasoningTokens > 0) json.reasoningTokens = String(usage.reasoningTokens);
  if (usage.inputAudioTokens > 0) json.inputAudioTokens = String(usage.inputAudioTokens);
  if (usage.outputAudioTokens > 0) json.outputAudioTokens = String(usage.outputAudioTokens);
  if (estimated) json.estimated = true;
  return json;
};
