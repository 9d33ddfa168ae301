import { Task } from '@llmops/contracts/models/v1/model';
import { expect, test } from 'vitest';
import { parseProviderModels } from './provider-models.ts';

test('one model a line, its task after it, repeats and blanks dropped', () => {
  expect(parseProviderModels(' qwen3-8b \n\nbge-m3 embedding\nqwen3-8b, org/x', Task.CHAT)).toEqual([
    { id: 'qwen3-8b', task: Task.CHAT },
    { id: 'bge-m3', task: Task.EMBEDDING },
    { id: 'org/x', task: Task.CHAT },
  ]);
});
