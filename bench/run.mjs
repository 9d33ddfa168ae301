// pnpm bench NAME [--json] [options of the bench]: runs bench/<name>/bench.mjs and prints its text; --json adds a last
// line of JSON. Without a name: what there is.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;
const names = readdirSync(here)
  .filter((name) => existsSync(join(here, name, 'bench.mjs')))
  .sort();
const [name, ...args] = process.argv.slice(2);

if (names.includes(name)) {
  const { run } = await import(`./${name}/bench.mjs`);
  const result = await run(args.filter((arg) => arg !== '--json'));
  if (args.includes('--json')) console.log(JSON.stringify(result));
} else {
  console.log('pnpm bench NAME [--json] [options]\n');
  for (const known of names) console.log(`  ${known.padEnd(12)} ${(await import(`./${known}/bench.mjs`)).about}`);
  process.exitCode = name === undefined ? 0 : 2;
}
