/** A part of a file on its way. */
export interface UploadPart {
  start: number;
  end: number;
}

/** Larger files go in parts, so that a broken connection loses at most one. */
export const wholeFileBytes = 4 << 20;
const partBytes = 2 << 20;

/** The part that comes next when `received` bytes are there; undefined when all are. */
export function nextPart(sizeBytes: number, received: number): UploadPart | undefined {
  if (received >= sizeBytes) return undefined;
  return { start: received, end: Math.min(received + partBytes, sizeBytes) };
}
