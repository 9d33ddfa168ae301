// Copies the packages that a service's bundle leaves outside itself, and what they need, into a flat node_modules.
// node copy-externals.mjs apps/gateway /out
import { cpSync, existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { external } from '../../rolldown.base.mjs';

const [app, out] = process.argv.slice(2).map((path) => resolve(path));
const isExternal = (name) => external.some((one) => (typeof one === 'string' ? one === name : one.test(`${name}/`)));
const manifest = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** Where each package was put, by the folder it came from. */
const placed = new Map();

/** The folder of `name` as Node finds it from `from`; undefined for optional packages of other platforms. */
function find(name, from) {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(candidate)) return realpathSync(candidate);
    // pnpm puts a package beside its dependencies.
    const sibling = folder.endsWith('node_modules') ? join(folder, name) : '';
    if (sibling && existsSync(sibling)) return realpathSync(sibling);
    if (folder === dirname(folder)) return undefined;
  }
}

function copy(name, from, parent) {
  const source = find(name, from);
  if (!source) return;
  const top = join(out, 'node_modules', name);
  if (placed.get(source) === top) return;
  // Another version has the place at the top: this one goes below the package that asked for it.
  const target = existsSync(top) ? join(parent, 'node_modules', name) : top;
  if (existsSync(target)) return;
  cpSync(source, target, { recursive: true, filter: isWanted(source) });
  placed.set(source, target);
  const { dependencies = {}, optionalDependencies = {} } = manifest(source);
  for (const dependency of Object.keys({ ...dependencies, ...optionalDependencies })) {
    if (!isForeign(dependency)) copy(dependency, source, target);
  }
}

/** Binaries for another processor, which their package allows on this one: `@node-llama-cpp/linux-arm64`. */
const isForeign = (name) => (/\/linux-([a-z0-9]+)/.exec(name)?.[1] ?? process.arch) !== process.arch;

/** Without nested installs, and without the binaries that onnxruntime-node ships for other systems. */
const isWanted = (source) => (path) => {
  const inside = path.slice(source.length);
  if (inside.startsWith('/node_modules')) return false;
  const binaries = /\/bin\/napi-v\d+\/(\w+)(?:\/(\w+))?/.exec(inside);
  if (!binaries) return true;
  const [, platform, arch = process.arch] = binaries;
  return platform === process.platform && arch === process.arch;
};

const wanted = Object.keys(manifest(app).dependencies).filter(isExternal);
for (const name of wanted) copy(name, app, out);
console.log(`${wanted.length} packages outside the bundle (${wanted.join(', ')}), ${placed.size} with what they need`);
