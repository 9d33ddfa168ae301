import { Injectable } from '@nestjs/common';

/** What writes to an index version in this process does so one after the other. */
@Injectable()
export class VersionLock {
  readonly #tails = new Map<string, Promise<unknown>>();

  async run<T>(versionId: string, work: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(versionId);
    const mine = (before ?? Promise.resolve()).then(work, work);
    const tail = mine.catch(() => {});
    this.#tails.set(versionId, tail);
    try {
      return await mine;
    } finally {
      if (this.#tails.get(versionId) === tail) this.#tails.delete(versionId);
    }
  }
}
