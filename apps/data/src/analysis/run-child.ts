import { linesOf } from './lines.ts';
import { lineTag, type Task, type TaskRequest } from './protocol.ts';
import { startTask } from './tasks.ts';

/** The child's whole life: takes its request and items, writes one line, ends. */
export async function runAnalysisChild(): Promise<void> {
  let task: Task | undefined;
  try {
    for await (const line of linesOf(process.stdin.setEncoding('utf8'))) {
      const message: unknown = JSON.parse(line);
      if (task) task.take(message);
      else task = await startTask(message as TaskRequest);
    }
    if (!task) throw new Error('there was no request');
    process.stdout.write(`${lineTag.result}${JSON.stringify(task.end())}\n`);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stdout.write(`${lineTag.error}${JSON.stringify(message)}\n`, () => process.exit(1));
  }
}
