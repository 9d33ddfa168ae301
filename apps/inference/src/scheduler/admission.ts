import { AppError } from '../errors.ts';
import { FairQueue } from './fair-queue.ts';

export interface AdmissionOptions {
  readonly model: string;
  readonly maxQueued: number;
  /** The longest wait when the caller sets no deadline. */
  readonly maxQueueMs: number;
  /** How long requests wait for a model that is not loaded. */
  readonly holdWhileLoadingMs: number;
  /** Requests the replica takes at once now; 0 while it is not ready. */
  readonly capacity: () => number;
  /** How many of these are kept for urgent requests; 0 when not given. */
  readonly reserved?: number;
}

export interface AdmissionRequest {
  readonly group: string;
  /** Goes before all that are not, and may use the reserved places. */
  readonly urgent?: boolean | undefined;
  /** Unix milliseconds. */
  readonly deadline?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Leave to run, to be given back. */
export interface Lease {
  readonly queueMs: number;
  release(): void;
}

interface Waiting {
  readonly group: string;
  admit(): void;
  /** It has to leave: there is no place. */
  refuse(): void;
}

/** Lets as many requests run as the replica has slots; the others wait, up to a number and a deadline. */
export class Admission {
  running = 0;
  rejected = 0;
  expired = 0;
  private readonly urgent: FairQueue<Waiting>;
  private readonly others: FairQueue<Waiting>;
  private averageMs = 1000;

  constructor(private readonly options: AdmissionOptions) {
    this.urgent = new FairQueue(options.maxQueued);
    this.others = new FairQueue(options.maxQueued);
  }

  get queued(): number {
    return this.urgent.size + this.others.size;
  }

  /** @throws AppError `inference.queue_full`, `inference.deadline_exceeded`, `inference.model_loading` */
  acquire({ group, deadline, signal, urgent = false }: AdmissionRequest): Promise<Lease> {
    const arrived = Date.now();
    const queue = urgent ? this.urgent : this.others;
    return new Promise((resolve, reject) => {
      const leave = (error: unknown) => {
        queue.remove(group, waiting);
        settle();
        reject(error);
      };
      const settle = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      };
      const onAbort = () => leave(signal?.reason);
      const waiting: Waiting = {
        group,
        admit: () => {
          settle();
          resolve(this.lease(Date.now() - arrived));
        },
        refuse: () => {
          settle();
          reject(this.full());
        },
      };
      // A model that was still loading may be ready by now: then the longer wait holds.
      const expire = () => {
        const left = arrived + this.patience(arrived, deadline) - Date.now();
        if (left > 0) timer = setTimeout(expire, left);
        else leave(this.expire());
      };
      let timer = setTimeout(expire, this.patience(arrived, deadline));
      if (signal?.aborted) return leave(signal.reason);
      signal?.addEventListener('abort', onAbort);
      queue.add(group, waiting)?.refuse();
      this.admitNext();
    });
  }

  /** Call when capacity may have grown. */
  admitNext(): void {
    const { reserved = 0 } = this.options;
    for (;;) {
      const free = this.options.capacity() - this.running;
      const next = (free > 0 ? this.urgent.take() : undefined) ?? (free > reserved ? this.others.take() : undefined);
      if (!next) return;
      this.running++;
      next.admit();
    }
  }

  private lease(queueMs: number): Lease {
    const startedAt = Date.now();
    let released = false;
    return {
      queueMs,
      release: () => {
        if (released) return;
        released = true;
        this.running--;
        this.averageMs += (Date.now() - startedAt - this.averageMs) / 16;
        this.admitNext();
      },
    };
  }

  private patience(now: number, deadline: number | undefined): number {
    const most = this.options.capacity() > 0 ? this.options.maxQueueMs : this.options.holdWhileLoadingMs;
    return deadline === undefined ? most : Math.max(0, Math.min(most, deadline - now));
  }

  private expire(): AppError {
    this.expired++;
    if (this.options.capacity() === 0) {
      const message = `The model "${this.options.model}" is still being loaded; try again shortly.`;
      return new AppError({ code: 'inference.model_loading', category: 'unavailable', message, retryAfterMs: 2000 });
    }
    const message =
      'The deadline passed while the request waited for a free slot; allow more time or send less at once.';
    const retryAfterMs = this.waitMs();
    return new AppError({ code: 'inference.deadline_exceeded', category: 'unavailable', message, retryAfterMs });
  }

  private full(): AppError {
    this.rejected++;
    const message = `${this.options.maxQueued} requests already wait for the model "${this.options.model}"; try again later.`;
    const retryAfterMs = this.waitMs();
    return new AppError({ code: 'inference.queue_full', category: 'exhausted', message, retryAfterMs });
  }

  /** When about half of the queue will have been served. */
  private waitMs(): number {
    const slots = Math.max(1, this.options.capacity());
    return Math.round(Math.min(60_000, Math.max(500, (this.averageMs * this.queued) / slots / 2)));
  }
}
