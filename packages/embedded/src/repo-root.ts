import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { config } from './config.ts';
import { EmbeddedError } from './embedded-error.ts';

/**
 * The folder that holds `pnpm-workspace.yaml`: `LLMOPS_ROOT`, or the nearest one above this file. Searching upwards
 * works from the source and from a bundle alike, where a fixed relative path would not.
 */
export function repoRoot(from = import.meta.dirname): string {
  const told = config.root();
  if (told) return told;
  for (let dir = from; ; dir = dirname(dir)) {
    if (existsSync(join(dir, 'pnpm-workspace.yaml'))) return dir;
    if (dir === dirname(dir)) {
      throw new EmbeddedError('embedded.no_root', `No pnpm-workspace.yaml above ${from}; set LLMOPS_ROOT.`);
    }
  }
}

/** Absolute path of a file of the repository, e.g. `repoFile('infra/nats/nats.conf')`. */
export const repoFile = (path: string): string => join(repoRoot(), path);
