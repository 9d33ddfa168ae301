// Everything that can be checked without running the product; `pnpm verify`. Runs all steps, then tells which failed.
import { execFileSync, spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';

/** Fewer modules than this and the graph was not read: rules over an empty graph always pass. */
const leastModules = 700;

const steps = {
  'format and lint': ['biome', ['check', '--error-on-warnings', '.']],
  types: ['turbo', ['run', 'typecheck', '--output-logs=errors-only']],
  'import directions': dependencyDirections,
  'unused code': ['knip', ['--no-progress', '--no-config-hints']],
  'contracts lint': ['buf', ['lint'], 'packages/contracts'],
  'contracts compatible': contractsCompatible,
  'contracts generated': contractsGenerated,
  'error pages': ['node', ['tools/check-error-pages.mjs']],
};

let environment = process.env;

function run([command, args, cwd = '.']) {
  const { status, stdout, stderr, error } = spawnSync('pnpm', ['exec', command, ...args], {
    cwd,
    env: environment,
    encoding: 'utf8',
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${stdout}${stderr}`.trim());
  return stdout;
}

function dependencyDirections() {
  const output = run(['depcruise', ['--config', '.dependency-cruiser.mjs', 'apps', 'packages']]);
  const modules = Number(/(\d+) modules/.exec(output)?.[1] ?? 0);
  if (modules < leastModules) throw new Error(`only ${modules} modules were seen, at least ${leastModules} exist`);
  return `${modules} modules`;
}

/** Against main as it is published, or as it is here; a new repository has neither. */
function contractsCompatible() {
  const git = (...args) => execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  const branch = ['origin/main', 'main'].find((name) => {
    try {
      git('cat-file', '-e', `${name}:packages/contracts/buf.yaml`);
      return true;
    } catch {
      return false;
    }
  });
  if (!branch) return 'skipped: there is no main to compare with';
  const against = `${git('rev-parse', '--absolute-git-dir')}#ref=${git('rev-parse', branch)},subdir=packages/contracts`;
  run(['buf', ['breaking', '--against', against], 'packages/contracts']);
  return `against ${branch}`;
}

function contractsGenerated() {
  run(['buf', ['generate'], 'packages/contracts']);
  const changed = execFileSync('git', ['status', '--porcelain', 'packages/contracts/gen'], { encoding: 'utf8' });
  if (changed) throw new Error(`generated code was not up to date; it is now, commit it:\n${changed}`);
  return '';
}

/**
 * Runs every step in `env`, which has the toolchain first on its PATH, and prints a line for each.
 * Returns how many passed, failed and were skipped.
 */
export function verify(env = process.env) {
  environment = env;
  const totals = { passed: 0, failed: 0, skipped: 0 };
  for (const [name, step] of Object.entries(steps)) {
    const start = performance.now();
    const { outcome, note } = attempt(step);
    totals[outcome] += 1;
    const mark = { passed: '✓', failed: '✗', skipped: '-' }[outcome];
    console.log(`${mark} ${name} (${((performance.now() - start) / 1000).toFixed(1)} s) ${note}`);
  }
  return totals;
}

function attempt(step) {
  try {
    const note = typeof step === 'function' ? step() : run(step) && '';
    return { outcome: note.startsWith('skipped') ? 'skipped' : 'passed', note };
  } catch (error) {
    return { outcome: 'failed', note: `\n${error.message}\n` };
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) process.exitCode = verify().failed === 0 ? 0 : 1;
