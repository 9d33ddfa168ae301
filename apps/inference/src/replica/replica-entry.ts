import { fileURLToPath } from 'node:url';

/** The program of a replica process: a bundle beside ours, or, run from source, the TypeScript file. */
export function replicaEntry(name: 'llama-replica' | 'onnx-replica'): { path: string; execArgv: string[] } {
  const fromSource = import.meta.url.endsWith('.ts');
  return fromSource
    ? {
        path: fileURLToPath(new URL(`../${name}.ts`, import.meta.url)),
        execArgv: ['--experimental-transform-types', '--disable-warning=ExperimentalWarning'],
      }
    : { path: fileURLToPath(new URL(`./${name}.mjs`, import.meta.url)), execArgv: [] };
}
