/**
 * The values at a column: a top-level name, or a path such as `messages[].content`, whose `[]` stands for each element.
 * A name that exists as it is written wins, dots and all. Nothing there gives no values.
 */
export function valuesAt(row: Readonly<Record<string, unknown>>, column: string): unknown[] {
  if (Object.hasOwn(row, column)) return [row[column]];
  let found: unknown[] = [row];
  for (const step of stepsOf(column)) {
    found = found.flatMap((value) => {
      const inner = step.name === '' ? value : memberOf(value, step.name);
      if (!step.each) return inner === undefined ? [] : [inner];
      return Array.isArray(inner) ? inner : [];
    });
  }
  return found;
}

interface Step {
  readonly name: string;
  readonly each: boolean;
}

const parsed = new Map<string, readonly Step[]>();

function stepsOf(column: string): readonly Step[] {
  const known = parsed.get(column);
  if (known) return known;
  const steps = column.split('.').map((part) => {
    const each = part.endsWith('[]');
    return { name: each ? part.slice(0, -2) : part, each };
  });
  if (parsed.size > 1_000) parsed.clear();
  parsed.set(column, steps);
  return steps;
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

/** A text of a row and the column it stands in. */
export interface ColumnText {
  readonly column: string;
  readonly text: string;
}

const deepest = 8;

/** The texts of the named columns, nested ones too; of all columns when none is named. */
export function textsOf(row: Readonly<Record<string, unknown>>, columns: readonly string[]): ColumnText[] {
  const texts: ColumnText[] = [];
  if (columns.length === 0) {
    for (const [name, value] of Object.entries(row)) collect(value, name, texts, 0);
  }
  for (const column of columns) {
    for (const value of valuesAt(row, column)) collect(value, column, texts, 0);
  }
  return texts;
}

function collect(value: unknown, column: string, texts: ColumnText[], depth: number): void {
  if (typeof value === 'string') texts.push({ column, text: value });
  else if (depth < deepest && Array.isArray(value)) {
    for (const element of value) collect(element, `${column}[]`, texts, depth + 1);
  } else if (depth < deepest && typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) collect(inner, `${column}.${name}`, texts, depth + 1);
  }
}
