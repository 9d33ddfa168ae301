/** Remembers about `size` values, those used lately: when one half is full, the older half is dropped. */
export class BoundedCache<V> {
  private recent = new Map<string, V>();
  private older = new Map<string, V>();

  constructor(private readonly size: number) {}

  get(key: string, make: (key: string) => V): V {
    const known = this.recent.get(key);
    if (known !== undefined) return known;
    const value = this.older.get(key) ?? make(key);
    this.recent.set(key, value);
    if (this.recent.size >= this.size / 2) {
      this.older = this.recent;
      this.recent = new Map();
    }
    return value;
  }
}
