import { defineConfig } from 'vitest/config';

// The first run fetches the servers' binaries.
export default defineConfig({ test: { pool: 'forks', testTimeout: 60_000, hookTimeout: 180_000 } });
