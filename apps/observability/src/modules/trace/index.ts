export { LiveTraces } from './live-traces.ts';
export { termsOf } from './search-terms.ts';
export { type SpanKind, spanKinds } from './span-kind.ts';
export { TraceModule } from './trace.module.ts';
