import { runChild } from './child-process.ts';
import { lineTag } from './protocol.ts';

/** The rows of an Arrow file or stream of somebody's. Throws `data.query_failed` where it is damaged. */
export async function* readArrowFile(
  path: string,
  signal?: AbortSignal,
): AsyncGenerator<Record<string, unknown>, void> {
  for await (const line of runChild({ task: 'arrow', path, timeoutMs: 3_600_000, signal })) {
    if (line[0] === lineTag.row) yield JSON.parse(line.slice(1)) as Record<string, unknown>;
  }
}
