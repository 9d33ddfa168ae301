// `npm test`: sets up a clean clone, checks it (`pnpm verify`) and runs every test. The last line is `N passed, N failed, N skipped`.
// Arguments go to vitest instead of the usual two runs: `npm test -- --project unit packages/db`.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrap, root } from './bootstrap.mjs';
import { openly, quietly, StageError, stage } from './stages.mjs';
import { verify } from './verify.mjs';

// The second run starts whole platforms, so it comes when the machine is quiet.
const RUNS = [
  ['--project', 'unit', '--project', 'int', '--project', 'e2e'],
  ['--project', 'system'],
];

const totals = { passed: 0, failed: 0, skipped: 0 };
try {
  const env = await bootstrap();
  // Once, before a dozen test files ask for it at the same time.
  await stage('Servers', () => fetchServers(env));
  const asked = process.argv.slice(2);
  if (asked.length === 0) add(verify(env));
  for (const args of asked.length > 0 ? [asked] : RUNS) add(await runVitest(args, env));
} catch (error) {
  console.error(error instanceof StageError ? `\n${error.message}` : error);
  totals.failed += 1;
}
process.exitCode = totals.failed > 0 ? 1 : 0;
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);

function fetchServers(env) {
  const script = "import { ensureBinaries } from './packages/embedded/src/index.ts'; await ensureBinaries();";
  return quietly('node', ['--input-type=module', '--eval', script], { cwd: root, env });
}

async function runVitest(args, env) {
  const folder = mkdtempSync(join(tmpdir(), 'llmops-test-'));
  const report = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  try {
    const code = await openly('pnpm', ['exec', 'vitest', 'run', ...reporters, ...args], { cwd: root, env });
    return count(report, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A file that cannot even be loaded has no tests and counts as a failed one; so does a run that ends badly otherwise. */
function count(report, code) {
  let result;
  try {
    result = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const unloaded = result.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  const failed = result.numFailedTests + unloaded.length;
  return {
    passed: result.numPassedTests,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

function add(counts) {
  for (const name of Object.keys(totals)) totals[name] += counts[name];
}
