import { homedir } from 'node:os';
import { join } from 'node:path';

// What pip needs: to be found, to find its settings and the way out. None of our secrets.
const passedToPip =
  /^(PATH|HOME|LANG|LC_\w+|PIP_\w+|PYENV_\w+|SSL_\w+|\w+_CA_BUNDLE|\w+_PROXY|TMPDIR|SYSTEMROOT|APPDATA)$/i;

/** What the parser takes from the environment: its Python, and where its packages are kept. */
export const config = {
  python: (): string => process.env['RETRIEVAL_PYTHON'] ?? process.env['LLMOPS_PYTHON'] ?? 'python3',
  cacheDir: (): string =>
    process.env['LLMOPS_CACHE_DIR'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'llmops'),
  pipEnvironment: (): NodeJS.ProcessEnv =>
    Object.fromEntries(Object.entries(process.env).filter(([name]) => passedToPip.test(name))),
  path: (): string => process.env['PATH'] ?? '/usr/bin:/bin',
};
