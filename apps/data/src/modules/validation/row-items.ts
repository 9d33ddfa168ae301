import type { OpenedVersion } from '../dataset/index.ts';
import type { JobProgress } from '../job/index.ts';

const progressEvery = 500;

/** A version's rows as items of a task: `CheckRow`s whose JSON is passed on as it is stored. */
export async function* rowItems(
  opened: OpenedVersion,
  signal: AbortSignal,
  progress: (value: JobProgress) => void,
): AsyncGenerator<string, void> {
  const total = opened.version.rowCount;
  let done = 0;
  for await (const { id, index, json } of opened.reader.read({ signal })) {
    yield `{"id":${JSON.stringify(id)},"index":${index},"split":${JSON.stringify(opened.splitName(index))},"value":${json}}`;
    done++;
    if (done % progressEvery === 0 || done === total) progress({ done, total, unit: 'rows', message: 'reads rows' });
  }
}
