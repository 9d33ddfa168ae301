import { homedir } from 'node:os';
import { join } from 'node:path';

/** Everything this package takes from the environment. */
export const config = {
  /** Where the repository is, when it cannot be found by looking upwards. */
  root: (): string | undefined => process.env['LLMOPS_ROOT'],
  /** The user's cache folder unless told: shared by all checkouts. */
  cacheDir: (): string =>
    process.env['LLMOPS_CACHE_DIR'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'llmops'),
  python: (): string => process.env['LLMOPS_PYTHON'] ?? 'python3',
  path: (): string => process.env['PATH'] ?? '/usr/bin:/bin',
};
