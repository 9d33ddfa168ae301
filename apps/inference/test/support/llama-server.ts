import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const VERSION = '2026.10.11549';
const folder = fileURLToPath(new URL(`../../../../.cache/xllamacpp-${VERSION}`, import.meta.url));

const PROGRAM = `
import sys, time
sys.path.insert(0, sys.argv[1])
import xllamacpp as x
p = x.CommonParams()
p.model.path = sys.argv[2]; p.n_ctx = 4096; p.n_parallel = 4
p.cpuparams.n_threads = 1; p.cpuparams_batch.n_threads = 1; p.n_gpu_layers = 0
p.hostnames = ['127.0.0.1']; p.port = int(sys.argv[3]); p.use_jinja = True
s = x.Server(p)
print('ready', flush=True)
while True: time.sleep(60)
`;

/** Installs PyPI's build of llama-server once; false, with a line that says so, when that cannot be done. */
export function hasLlamaServer(): boolean {
  if (existsSync(`${folder}/xllamacpp`)) return true;
  try {
    const args = ['-m', 'pip', 'install', '-q', '--no-deps', '--target', folder, `xllamacpp==${VERSION}`];
    execFileSync('python3', args, { stdio: 'ignore' });
    return true;
  } catch {
    console.warn('SKIPPED: xllamacpp cannot be installed with pip');
    return false;
  }
}

export interface LlamaServer {
  readonly baseUrl: string;
  stop(): Promise<void>;
}

export async function startLlamaServer(modelPath: string): Promise<LlamaServer> {
  const port = await freePort();
  const child: ChildProcess = spawn('python3', ['-c', PROGRAM, folder, modelPath, String(port)], { stdio: 'ignore' });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const health = `http://127.0.0.1:${port}/health`;
  for (let i = 0; i < 300 && child.exitCode === null; i++) {
    const ok = await fetch(health).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) break;
    await sleep(100);
  }
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    stop: () => {
      child.kill('SIGKILL');
      return gone;
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
