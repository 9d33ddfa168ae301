const refused = /\\u(?:0000|d[89a-f])/i;

/** JSON that jsonb takes: it refuses NUL and lone surrogates, which JSON itself allows. */
export function jsonbText(value: unknown): string {
  const json = JSON.stringify(value);
  // A whole pair is written as it is, so an escape in this range is a lone one (or a backslash in the text: no harm).
  return refused.test(json) ? JSON.stringify(cleaned(value)) : json;
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '').toWellFormed();
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [cleaned(key), cleaned(member)]));
}
