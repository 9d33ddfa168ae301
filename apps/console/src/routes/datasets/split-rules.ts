export interface SplitShare {
  name: string;
  fraction: number;
}

const line = /^([a-z][a-z0-9_-]{0,38})[\s:=]+(\d+(?:\.\d+)?)\s*%?$/;

/**
 * Reads `train 80, test 20`: names and percents, apart by commas or lines. Throws an Error that says what is wrong.
 * Empty text is no splits.
 */
export function parseSplits(text: string): SplitShare[] {
  const parts = text
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const splits = parts.map((part) => {
    const [, name, percent] = line.exec(part) ?? [];
    if (name === undefined) throw new Error(`"${part}" is no split: write a name and a percentage, as train 80`);
    return { name, fraction: Number(percent) / 100 };
  });
  const twice = splits.find(({ name }, at) => splits.findIndex((other) => other.name === name) !== at);
  if (twice) throw new Error(`Two splits are named ${twice.name}`);
  const sum = splits.reduce((total, { fraction }) => total + fraction, 0);
  if (sum > 1.000001) throw new Error(`The splits add up to ${Math.round(sum * 100)} %, more than all rows`);
  return splits;
}

/** What is wrong with the text, if anything is. */
export function splitsProblem(text: string): string | undefined {
  try {
    parseSplits(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
