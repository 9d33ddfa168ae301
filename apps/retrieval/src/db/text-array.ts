/** A Postgres array of texts in text form. */
export const textArray = (values: readonly string[]): string =>
  `{${values.map((value) => `"${value.replaceAll('\0', '').replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
