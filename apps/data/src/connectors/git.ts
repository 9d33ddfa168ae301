import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { itemInvalid, originFailed } from './connector.errors.ts';
import type { Connector, RemoteItem } from './connector.ts';
import { checkFolder, folderOf } from './folder.ts';
import { type NetworkPolicy, resolveAllowed } from './network.ts';
import type { PathFilter } from './path-filter.ts';

export interface GitOptions {
  /** `https://…`, or `file:///…` below an allowed folder. */
  url: string;
  /** Branch, tag or commit; the default branch when empty. */
  ref: string;
  subdirectory: string;
  /** Sent as the password of `x-access-token`. */
  token?: string | undefined;
}

const run = promisify(execFile);
const cloneTimeoutMs = 600_000;

/** Files of a repository at one commit. Contents that are unchanged are known by their blob's hash. */
export function gitConnector(
  options: GitOptions,
  folders: readonly string[],
  network: NetworkPolicy,
  accepts: PathFilter,
): Connector {
  let clone: string | undefined;
  let commit = '';
  return {
    async *items(signal) {
      clone = await mkdtemp(join(tmpdir(), 'llmops-git-'));
      const origin = await pin(options.url, folders, network);
      await fetchRef(clone, options, origin, signal);
      commit = (await git(clone, ['rev-parse', 'FETCH_HEAD'], {}, signal)).trim();
      yield* tree(clone, commit, options.subdirectory, accepts, signal);
    },
    revision: () => (commit === '' ? '' : `commit ${commit}`),
    close: async () => {
      if (clone) await rm(clone, { recursive: true, force: true });
    },
  };
}

interface Origin {
  /** As it was checked: git reads an address in other ways than we do. */
  url: string;
  settings: string[];
}

/** Under these settings git reaches the addresses that were checked and no others. */
async function pin(text: string, folders: readonly string[], network: NetworkPolicy): Promise<Origin> {
  const url = new URL(text);
  if (url.protocol === 'file:') {
    const folder = await checkFolder(folderOf(text), folders);
    return {
      url: pathToFileURL(folder).href,
      settings: ['protocol.file.allow=always', 'safe.bareRepository=all'],
    };
  }
  const addresses = await resolveAllowed(url.hostname, network);
  const settings = [`protocol.${url.protocol.slice(0, -1)}.allow=always`];
  // An address that is written out is never looked up.
  if (url.hostname.startsWith('[') || isIP(url.hostname)) return { url: url.href, settings };
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const listed = addresses.map((address) => (address.includes(':') ? `[${address}]` : address)).join(',');
  return { url: url.href, settings: [...settings, `http.curloptResolve=${url.hostname}:${port}:${listed}`] };
}

async function fetchRef(clone: string, { ref, token }: GitOptions, origin: Origin, signal: AbortSignal) {
  await git(clone, ['init', '--quiet', '--bare'], {}, signal);
  const settings = [
    'protocol.allow=never',
    'http.followRedirects=false',
    'core.hooksPath=/dev/null',
    ...origin.settings,
  ];
  const options = settings.flatMap((setting) => ['-c', setting]);
  // In the environment: arguments can be read by every user of the machine.
  const env: Record<string, string> = token
    ? {
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'http.extraHeader',
        GIT_CONFIG_VALUE_0: `Authorization: Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`,
      }
    : {};
  const target = ref === '' ? 'HEAD' : ref;
  await git(
    clone,
    [...options, 'fetch', '--quiet', '--depth', '1', '--no-tags', '--', origin.url, target],
    env,
    signal,
  );
}

async function* tree(
  clone: string,
  commit: string,
  subdirectory: string,
  accepts: PathFilter,
  signal: AbortSignal,
): AsyncGenerator<RemoteItem> {
  const below = subdirectory.replace(/^\/+|\/+$/g, '');
  const listed = await git(
    clone,
    ['ls-tree', '-r', '-z', '-l', commit, ...(below === '' ? [] : ['--', `${below}/`])],
    {},
    signal,
  );
  for (const line of listed.split('\0')) {
    const [, mode, type, blob, size, path] = /^(\d+) (\w+) ([\da-f]+) +(\S+)\t(.*)$/s.exec(line) ?? [];
    // Links and submodules lead elsewhere.
    const isFile = type === 'blob' && (mode === '100644' || mode === '100755');
    if (!isFile || !accepts(path!)) continue;
    yield { path: path!, version: blob!, sizeBytes: Number(size), read: (reading) => blobOf(clone, blob!, reading) };
  }
}

async function* blobOf(clone: string, blob: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const child = spawn('git', ['cat-file', 'blob', blob], {
    cwd: clone,
    env: gitEnvironment({}),
    signal,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const exited = new Promise<number | null>((resolve, reject) => child.once('exit', resolve).once('error', reject));
  exited.catch(() => {});
  yield* child.stdout as AsyncIterable<Buffer>;
  if ((await exited) !== 0) throw itemInvalid('git could not read the file.');
}

async function git(cwd: string, args: string[], env: Record<string, string>, signal: AbortSignal): Promise<string> {
  try {
    const options = { cwd, env: gitEnvironment(env), signal, timeout: cloneTimeoutMs, maxBuffer: 512 << 20 };
    return (await run('git', args, options)).stdout;
  } catch (error) {
    signal.throwIfAborted();
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw originFailed('git is not installed where the service runs; an administrator can install it.', error);
    }
    const said =
      String((error as { stderr?: unknown }).stderr ?? '')
        .trim()
        .split('\n')
        .at(-1) ?? '';
    throw originFailed(`git: ${said.slice(0, 300) || 'failed'}`, error);
  }
}

/** Nothing of the machine's own configuration, no questions, and none of our settings. */
const gitEnvironment = (env: Record<string, string>): NodeJS.ProcessEnv => ({
  PATH: '/usr/local/bin:/usr/bin:/bin',
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  LANG: 'C.UTF-8',
  ...env,
});
