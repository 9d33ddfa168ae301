import { defineConfig } from 'vitest/config';

// The first run fetches the servers' binaries; the integration tests start whole stacks, so one at a time.
export default defineConfig({
  test: { pool: 'forks', fileParallelism: false, testTimeout: 120_000, hookTimeout: 180_000 },
});
