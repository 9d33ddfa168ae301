/** A bounded queue that takes from each group in turn: a group with many entries does not hold up the others. */
export class FairQueue<T> {
  private readonly groups = new Map<string, T[]>();
  private count = 0;

  constructor(private readonly limit: number) {}

  get size(): number {
    return this.count;
  }

  /**
   * Adds an entry. Gives back the one for which there is no place: undefined while there is room, else the newest of
   * the group with the most entries, which may be the one just added. One group cannot keep the others out.
   */
  add(group: string, item: T): T | undefined {
    const items = this.groups.get(group);
    if (items) items.push(item);
    else this.groups.set(group, [item]);
    this.count++;
    if (this.count <= this.limit) return undefined;
    let [from, most] = [group, this.groups.get(group)!];
    for (const [other, others] of this.groups) if (others.length > most.length) [from, most] = [other, others];
    const last = most.at(-1)!;
    this.remove(from, last);
    return last;
  }

  /** The oldest entry of the group whose turn it is. */
  take(): T | undefined {
    const next = this.groups.entries().next();
    if (next.done) return undefined;
    const [group, items] = next.value;
    const item = items.shift()!;
    this.groups.delete(group);
    if (items.length > 0) this.groups.set(group, items);
    this.count--;
    return item;
  }

  remove(group: string, item: T): void {
    const items = this.groups.get(group);
    const at = items?.indexOf(item) ?? -1;
    if (!items || at < 0) return;
    items.splice(at, 1);
    if (items.length === 0) this.groups.delete(group);
    this.count--;
  }
}
