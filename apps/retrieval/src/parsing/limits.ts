/** What one document may cost. */
export interface ParseLimits {
  maxFileBytes: number;
  /** Of a text file, and of the text and structure of any other. */
  maxOutputBytes: number;
  cpuSeconds: number;
  wallMs: number;
  /** Address space of a worker: its libraries take 400 MB of it. */
  memoryBytes: number;
  /** All that a zipped document holds, unpacked. */
  maxUnpackedBytes: number;
  maxPages: number;
}

export const DEFAULT_LIMITS: ParseLimits = {
  maxFileBytes: 128 * 2 ** 20,
  maxOutputBytes: 32 * 2 ** 20,
  cpuSeconds: 60,
  wallMs: 180_000,
  memoryBytes: 2 * 2 ** 30,
  maxUnpackedBytes: 512 * 2 ** 20,
  maxPages: 5_000,
};
