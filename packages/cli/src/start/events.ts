/** What a start tells about itself, in order; crosses the process boundary when detached. */
export type UpEvent =
  | { type: 'stage'; name: string; state: 'started' }
  | { type: 'stage'; name: string; state: 'done'; ms: number; detail?: string }
  | { type: 'stage'; name: string; state: 'failed'; ms: number }
  | { type: 'progress'; name: string; done: number; total: number; unit: string }
  | { type: 'ready'; summary: ReadySummary }
  | { type: 'failed'; message: string; log?: string };

export interface ReadySummary {
  baseUrl: string;
  credentialsFile: string;
  email?: string;
  /** Milliseconds since the command began. */
  ms: number;
  warnings: string[];
}

export type Emit = (event: UpEvent) => void;

/** Runs one stage: tells when it begins and ends, and how long it took. `work` may return a word on the outcome. */
export async function stage(emit: Emit, name: string, work: () => Promise<unknown>): Promise<void> {
  const startedAt = Date.now();
  emit({ type: 'stage', name, state: 'started' });
  try {
    const detail = await work();
    const told = typeof detail === 'string' ? { detail } : {};
    emit({ type: 'stage', name, state: 'done', ms: Date.now() - startedAt, ...told });
  } catch (error) {
    emit({ type: 'stage', name, state: 'failed', ms: Date.now() - startedAt });
    throw error;
  }
}
