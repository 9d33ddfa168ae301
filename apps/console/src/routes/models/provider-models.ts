import { Task } from '@llmops/contracts/models/v1/model';

/** Lines of `model` or `model embedding` as the API takes them; empty lines and repeats are dropped. */
export function parseProviderModels(text: string, defaultTask: Task): { id: string; task: Task }[] {
  const models = new Map<string, Task>();
  for (const line of text.split(/[\n,]/)) {
    const [id, task] = line.trim().split(/\s+/);
    if (id) models.set(id, task === 'embedding' ? Task.EMBEDDING : defaultTask);
  }
  return [...models].map(([id, task]) => ({ id, task }));
}
