export { LiveTraces } from './live-traces.ts';
export { termsOf } from './search-terms.ts';
export { type SpanKind, spanKinds } from './span.table.ts';
export { TraceModule } from './trace.module.ts';
