import { defineConfig } from 'vitest/config';

const oxc = { decorator: { legacy: true, emitDecoratorMetadata: true } } as const;
const skipped = ['**/node_modules/**', '**/dist/**'];

// Four kinds of test, by file name: no I/O, real servers, one service, the whole stack.
export default defineConfig({
  test: {
    projects: [
      {
        oxc,
        test: {
          name: 'unit',
          include: ['packages/**/*.test.{ts,tsx}', 'apps/**/*.test.{ts,tsx}'],
          exclude: [...skipped, '**/*.int.test.ts', '**/*.e2e.test.ts'],
        },
      },
      {
        oxc,
        test: {
          name: 'int',
          include: ['packages/**/*.int.test.ts', 'apps/**/*.int.test.ts', 'infra/**/*.int.test.ts'],
          exclude: skipped,
          globalSetup: ['packages/testing/src/global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          pool: 'forks',
        },
      },
      {
        oxc,
        test: {
          name: 'e2e',
          include: ['apps/**/*.e2e.test.ts'],
          exclude: skipped,
          globalSetup: ['packages/testing/src/global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          pool: 'forks',
        },
      },
      {
        oxc,
        test: {
          name: 'system',
          include: ['tests/system/**/*.test.ts'],
          exclude: skipped,
          globalSetup: ['tests/system/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          pool: 'forks',
          fileParallelism: false,
        },
      },
    ],
  },
});
