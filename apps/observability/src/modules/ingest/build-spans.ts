import { type Call, Call_Status, type Step } from '@llmops/contracts/gateway/v1/call';
import type { SpanKind } from '../trace/index.ts';
import { genAiAttributes, routeOf, serverAttributes } from './gen-ai-attributes.ts';

export interface BuiltSpan {
  projectId: string;
  callId: string;
  traceId: string;
  spanId: string;
  parentSpanId: string;
  name: string;
  kind: SpanKind;
  /** Milliseconds since the epoch. */
  startMs: number;
  durationMs: number;
  status: Call_Status;
  statusMessage: string;
  attributes: Record<string, unknown>;
  inputJson: string | null;
  outputJson: string | null;
}

/**
 * A call as spans: the request at the edge (server), the model call below it (client, with the payload), and below that
 * where the time went (internal). Ids that the call does not bring follow from its id, so that they are always the same.
 */
export function buildSpans(call: Call, traceId: string, startMs: number): BuiltSpan[] {
  const rootId = /^[\da-f]{16}$/.test(call.spanId) ? call.spanId : derivedId(call.id, 0);
  const clientId = derivedId(call.id, 1);
  const base = { projectId: call.project, callId: call.id, traceId, inputJson: null, outputJson: null };
  const outcome = { status: call.status, statusMessage: call.errorMessage };
  const root: BuiltSpan = {
    ...base,
    ...outcome,
    spanId: rootId,
    parentSpanId: call.parentSpanId,
    name: `POST ${routeOf(call.operation)}`,
    kind: 'server',
    startMs,
    durationMs: call.durationMs,
    attributes: serverAttributes(call),
  };
  // What came first, retrieval for one, is not the model's time.
  const preludeMs = Math.max(0, ...call.steps.map((step) => (step.parent === 0 ? step.startMs + step.durationMs : 0)));
  const client: BuiltSpan = {
    ...root,
    startMs: startMs + preludeMs,
    durationMs: Math.max(0, call.durationMs - preludeMs),
    spanId: clientId,
    parentSpanId: rootId,
    name: callName(call),
    kind: 'client',
    attributes: genAiAttributes(call),
    inputJson: call.inputJson === '' ? null : call.inputJson,
    outputJson: call.outputJson === '' ? null : call.outputJson,
  };
  const phases = call.phases.map(
    (phase, i): BuiltSpan => ({
      ...base,
      spanId: derivedId(call.id, i + 2),
      parentSpanId: clientId,
      name: phase.name,
      kind: 'internal',
      startMs: startMs + phase.startMs,
      durationMs: phase.durationMs,
      status: Call_Status.OK,
      statusMessage: '',
      attributes: {},
    }),
  );
  const steps = call.steps.map(
    (step, i): BuiltSpan => ({
      ...base,
      spanId: derivedId(call.id, stepIndex(i)),
      parentSpanId: step.parent === 0 ? rootId : derivedId(call.id, stepIndex(step.parent - 1)),
      name: step.name,
      kind: 'internal',
      startMs: startMs + step.startMs,
      durationMs: step.durationMs,
      status: step.status === Call_Status.UNSPECIFIED ? Call_Status.OK : step.status,
      statusMessage: step.errorMessage,
      attributes: stepAttributes(step),
      inputJson: step.inputJson === '' ? null : step.inputJson,
      outputJson: step.outputJson === '' ? null : step.outputJson,
    }),
  );
  return [root, client, ...phases, ...steps];
}

/** Apart from those of phases, however many there are. */
const stepIndex = (index: number): number => 1_000 + index;

/** A value that is no JSON is taken as the text it is. */
function stepAttributes({ attributes }: Step): Record<string, unknown> {
  const read = (text: string): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  };
  return Object.fromEntries(Object.entries(attributes).map(([name, text]) => [name, read(text)]));
}

/** `chat smollm2-135m-instruct` */
export const callName = (call: Call): string => `${call.operation} ${modelOf(call)}`.trim();

/** The name people know the model by: what they asked for. */
export const modelOf = (call: Call): string => call.requestedModel || call.responseModel;

/** 64 bits of two FNV-1a hashes, in hex. */
function derivedId(callId: string, index: number): string {
  const text = `${callId}:${index}`;
  let a = 0x811c9dc5;
  let b = 0x01234567;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x5bd1e995) ^ (b >>> 13);
  }
  return hex(a) + hex(b);
}

const hex = (value: number): string => (value >>> 0).toString(16).padStart(8, '0');
