export interface CoalescerOptions<Item, Result> {
  maxItems: number;
  /** Of one batch, in whatever `weigh` counts; one item may be heavier. */
  maxWeight?: number;
  weigh?: (item: Item) => number;
  /** Batches of one key at once. */
  maxInFlight: number;
  /** Answers for each item, in order. */
  run: (key: string, items: Item[]) => Promise<Result[]>;
}

interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

interface Queue<Item, Result> {
  waiting: Waiting<Item, Result>[];
  inFlight: number;
}

/**
 * Makes batches of what many ask for one by one. While as many batches as allowed are in flight, more gather for the
 * next, so batches grow with the load and nothing waits when there is none.
 */
export class Coalescer<Item, Result> {
  readonly #options: CoalescerOptions<Item, Result>;
  readonly #queues = new Map<string, Queue<Item, Result>>();

  constructor(options: CoalescerOptions<Item, Result>) {
    this.#options = options;
  }

  /** Items that wait for a batch, of all keys. */
  get depth(): number {
    let depth = 0;
    for (const { waiting } of this.#queues.values()) depth += waiting.length;
    return depth;
  }

  /** Items of one key share batches. */
  add(key: string, item: Item): Promise<Result> {
    let queue = this.#queues.get(key);
    if (!queue) {
      queue = { waiting: [], inFlight: 0 };
      this.#queues.set(key, queue);
    }
    const { waiting } = queue;
    const result = new Promise<Result>((resolve, reject) => waiting.push({ item, resolve, reject }));
    // After what runs now, so that all that is added at once goes together.
    if (waiting.length === 1) setImmediate(() => this.#pump(key));
    return result;
  }

  #pump(key: string): void {
    const queue = this.#queues.get(key);
    if (!queue) return;
    while (queue.inFlight < this.#options.maxInFlight && queue.waiting.length > 0) {
      queue.inFlight += 1;
      void this.#run(key, this.#take(queue.waiting)).finally(() => {
        queue.inFlight -= 1;
        if (queue.inFlight === 0 && queue.waiting.length === 0) this.#queues.delete(key);
        else this.#pump(key);
      });
    }
  }

  #take(waiting: Waiting<Item, Result>[]): Waiting<Item, Result>[] {
    const { maxItems, maxWeight = Number.POSITIVE_INFINITY, weigh = () => 0 } = this.#options;
    let weight = 0;
    let count = 0;
    while (count < waiting.length && count < maxItems) {
      weight += weigh(waiting[count]!.item);
      if (count > 0 && weight > maxWeight) break;
      count += 1;
    }
    return waiting.splice(0, count);
  }

  async #run(key: string, batch: Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.#options.run(
        key,
        batch.map(({ item }) => item),
      );
      for (const [i, { resolve }] of batch.entries()) resolve(results[i]!);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
