import { fileURLToPath } from 'node:url';

export interface ReplicaEntry {
  readonly path: string;
  readonly execArgv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * llama.cpp puts the logits of a batch in order when they are first read, without a lock, and node-llama-cpp samples
 * the sequences of a batch in parallel threads: with more than one, answers got tokens from each other's logits.
 */
const ENV = { 'llama-replica': { UV_THREADPOOL_SIZE: '1' }, 'onnx-replica': {} } as const;

/** The program of a replica process: a bundle beside ours, or, run from source, the TypeScript file. */
export function replicaEntry(name: keyof typeof ENV): ReplicaEntry {
  const fromSource = import.meta.url.endsWith('.ts');
  const env = ENV[name];
  return fromSource
    ? {
        path: fileURLToPath(new URL(`../${name}.ts`, import.meta.url)),
        execArgv: ['--experimental-transform-types', '--disable-warning=ExperimentalWarning'],
        env,
      }
    : { path: fileURLToPath(new URL(`./${name}.mjs`, import.meta.url)), execArgv: [], env };
}
