import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { name: 'llm-protocol', include: ['src/**/*.test.ts'], pool: 'forks' } });
