import picomatch from 'picomatch';

export type PathFilter = (path: string) => boolean;

/** Paths that one of `include` matches (all when there is none) and none of `exclude` does. Hidden files count. */
export function pathFilter(include: readonly string[], exclude: readonly string[]): PathFilter {
  const options = { dot: true };
  const taken = include.length > 0 ? picomatch([...include], options) : () => true;
  const left = exclude.length > 0 ? picomatch([...exclude], options) : () => false;
  return (path) => taken(path) && !left(path);
}

/** What is wrong with a pattern; undefined when all are right. */
export function checkGlobs(patterns: readonly string[]): string | undefined {
  for (const pattern of patterns) {
    if (pattern === '' || pattern.length > 500) return `${JSON.stringify(pattern)} is no pattern such as **/*.md`;
    try {
      picomatch(pattern);
    } catch (error) {
      return `${JSON.stringify(pattern)}: ${(error as Error).message}`;
    }
  }
  return undefined;
}
