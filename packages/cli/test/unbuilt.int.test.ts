import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FixtureRoot } from './fixture-root.ts';

let fixture: FixtureRoot;
beforeAll(async () => {
  fixture = await FixtureRoot.make();
});
afterAll(() => fixture?.remove());

test('services without a bundle are named, with the command that builds them', async () => {
  await rm(join(fixture.root, 'apps/cost/dist'), { recursive: true });
  const { code, stdout } = await fixture.llmops('up', '--detach');
  expect(code).toBe(1);
  expect(stdout).toContain('Not built: cost. Run "pnpm build"');
});
