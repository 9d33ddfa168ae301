/** The compact JSON texts of a value, with the keys of its objects in every order (up to a bound). */
export function jsonVariants(value: unknown, limit = 500): string[] {
  return variants(value).slice(0, limit);
}

function variants(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [JSON.stringify(value)];
  if (Array.isArray(value)) return product(value.map(variants)).map((items) => `[${items.join(',')}]`);
  return permutations(Object.keys(value)).flatMap((keys) =>
    product(keys.map((key) => variants((value as Record<string, unknown>)[key]))).map(
      (values) => `{${keys.map((key, i) => `${JSON.stringify(key)}:${values[i]}`).join(',')}}`,
    ),
  );
}

const product = (lists: string[][]): string[][] =>
  lists.reduce<string[][]>(
    (all, list) => all.flatMap((head) => list.map((item) => [...head, item])).slice(0, 500),
    [[]],
  );

function permutations(keys: string[]): string[][] {
  if (keys.length <= 1 || keys.length > 5) return [keys];
  return keys.flatMap((key) => permutations(keys.filter((k) => k !== key)).map((rest) => [key, ...rest]));
}
