import { randomFillSync } from 'node:crypto';

/** W3C trace context: ids in lower-case hex. */
export interface TraceContext {
  /** 32 characters. */
  traceId: string;
  /** 16 characters: the span that is the parent of what the receiver does. */
  spanId: string;
}

// Random bytes are drawn in bulk: one system call serves some hundred ids.
const pool = Buffer.alloc(4096);
let offset = pool.length;

function randomHex(bytes: number): string {
  if (offset + bytes > pool.length) {
    randomFillSync(pool);
    offset = 0;
  }
  offset += bytes;
  return pool.toString('hex', offset - bytes, offset);
}

export const newTraceId = (): string => randomHex(16);
export const newSpanId = (): string => randomHex(8);

const pattern = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-[\da-f]{2}/;

/** The trace of a `traceparent` header; undefined when absent or malformed, as the W3C text asks. */
export function parseTraceparent(header: string | undefined): TraceContext | undefined {
  const match = header === undefined ? null : pattern.exec(header);
  if (!match || /^0+$/.test(match[1]!) || /^0+$/.test(match[2]!)) return undefined;
  return { traceId: match[1]!, spanId: match[2]! };
}

export const formatTraceparent = ({ traceId, spanId }: TraceContext): string => `00-${traceId}-${spanId}-01`;
