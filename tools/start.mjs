// `npm start`: from a clean clone to a running platform. Arguments go to `llmops up`.
import { join } from 'node:path';
import { bootstrap, root } from './bootstrap.mjs';
import { openly, StageError } from './stages.mjs';

const startedAt = Date.now();
try {
  const env = await bootstrap();
  const cli = join(root, 'packages/cli/dist/llmops.mjs');
  const args = [cli, 'up', ...process.argv.slice(2)];
  process.exitCode = await openly('node', args, {
    cwd: root,
    env: { ...env, LLMOPS_STARTED_AT_MS: String(startedAt) },
  });
} catch (error) {
  if (!(error instanceof StageError)) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}
