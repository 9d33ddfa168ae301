/**
 * Lines that end in a line feed and in nothing else: readline would also end them at U+2028, which JSON holds unescaped.
 * What comes after the last line feed is a line if it is not empty.
 */
export async function* linesOf(stream: AsyncIterable<string>): AsyncGenerator<string, void> {
  let rest = '';
  for await (const part of stream) {
    const lines = part.split('\n');
    lines[0] = rest + lines[0]!;
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== '') yield rest;
}
