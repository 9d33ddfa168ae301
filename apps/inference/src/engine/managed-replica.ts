import { AppError } from '../errors.ts';
import type { ReplicaInfo } from '../replica/protocol.ts';
import { ReplicaProcess, type ReplicaProcessOptions } from '../replica/replica-process.ts';
import { Admission, type Lease } from '../scheduler/admission.ts';
import type { CallOptions, EngineDescription, TokenizeResponseInit } from './engine.ts';

export interface ReplicaSettings {
  readonly model: string;
  readonly modelDigest: string;
  readonly engine: string;
  readonly maxQueued: number;
  readonly maxQueueMs: number;
  readonly holdWhileLoadingMs: number;
  /** Slots kept for urgent requests. */
  readonly reserved?: number;
  readonly process: Omit<ReplicaProcessOptions, 'id' | 'onChange'>;
}

/** A replica process with its queue: what the drivers that run a model themselves have in common. */
export class ManagedReplica {
  readonly process: ReplicaProcess;
  readonly admission: Admission;

  constructor(private readonly settings: ReplicaSettings) {
    this.process = new ReplicaProcess({
      ...settings.process,
      id: `${settings.model}-0`,
      onChange: () => this.admission.admitNext(),
    });
    this.admission = new Admission({ ...settings, capacity: () => this.capacity() });
    this.process.start();
  }

  private capacity(): number {
    return this.process.state === 'ready' ? (this.process.info?.slots ?? 0) : 0;
  }

  /** Waits for a slot, then runs with what is known of the replica; the slot is free again when `run` is done. */
  async *stream<T>(
    options: CallOptions,
    run: (info: ReplicaInfo, lease: Lease) => AsyncIterable<T>,
  ): AsyncGenerator<T> {
    const lease = await this.admission.acquire(options);
    try {
      yield* run(this.process.info!, lease);
    } finally {
      lease.release();
    }
  }

  /** Waits until the model is loaded, without taking a slot. */
  async ready(options: CallOptions): Promise<void> {
    if (this.process.state === 'ready') return;
    const lease = await this.admission.acquire(options);
    lease.release();
  }

  /** Where the tokens of texts end. */
  async tokenize(texts: readonly string[], options: CallOptions): Promise<TokenizeResponseInit> {
    await this.ready(options);
    for await (const event of this.process.open({ type: 'tokenize', texts }, options.signal)) {
      if (event.kind !== 'ends') continue;
      return {
        texts: event.texts.map((ends) => ({ ends: [...ends] })),
        modelDigest: this.settings.modelDigest,
      };
    }
    throw noAnswer();
  }

  describe(): EngineDescription {
    const { process, admission, settings } = this;
    return {
      id: process.id,
      model: settings.model,
      engine: settings.engine,
      state: process.state,
      device: process.info?.device ?? '',
      slots: process.info?.slots ?? 0,
      busySlots: admission.running,
      queued: admission.queued,
      memoryBytes: process.memoryBytes,
      restarts: process.restarts,
      lastTokenAt: process.lastTokenAt,
      generatedTokens: process.generatedTokens,
      error: process.error,
      modelDigest: settings.modelDigest,
      rejected: admission.rejected,
      expired: admission.expired,
    };
  }

  close(): Promise<void> {
    return this.process.stop();
  }
}

/** A replica that ended a request in no way it should. */
export const noAnswer = () =>
  new AppError({ code: 'inference.engine_failed', category: 'internal', message: 'The engine gave no answer.' });
