export { type RequestContext, systemContext } from './request-context.ts';
export { formatTraceparent, newSpanId, newTraceId, parseTraceparent, type TraceContext } from './traceparent.ts';
