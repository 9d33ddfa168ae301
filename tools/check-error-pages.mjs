// Fails when an error code of the sources has no page in docs/errors, or a page has no code.
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const apps = readdirSync(join(root, 'apps'));
const prefixes = [...apps, 'platform', 'sdk', 'embedded'].join('|');
const literal = new RegExp(`['"]((?:${prefixes})\\.[a-z][a-z_]+)['"]`, 'g');
// Helpers that put the service before the code: invalid('schema_invalid', …).
const helper = /\b(?:invalid|make|problem)\(\s*'([a-z][a-z_]+)'/g;

// Repositories name tables in the same form, tests and fixtures anything.
const files = globSync('{apps,packages}/*/src/**/*.{ts,tsx}', { cwd: root }).filter(
  (file) => !/\.test\.tsx?$|\.repository\.ts$/.test(file),
);

/** Each code, and a file that has it; all sources of an app in one text. */
const codes = new Map();
const sources = {};
for (const file of files) {
  const text = readFileSync(join(root, file), 'utf8');
  const [, owner] = file.split(/[\\/]/);
  sources[owner] = (sources[owner] ?? '') + text;
  for (const [, code] of text.matchAll(literal)) codes.set(code, file);
  if (!text.includes('AppError') && !text.includes('errors.ts') && !text.includes('ErrorRecord')) continue;
  for (const [, code] of apps.includes(owner) ? text.matchAll(helper) : []) codes.set(`${owner}.${code}`, file);
}
const pages = new Set(
  readdirSync(join(root, 'docs/errors'))
    .map((file) => basename(file, '.md'))
    .filter((name) => name.includes('.')),
);
// Seen so few: the search is at fault, not the sources.
if (files.length < 100 || codes.size < 30) throw new Error(`only ${codes.size} codes in ${files.length} files found`);

// A code may be put together at run time (`gateway.${reason}`): its last part is then a word of the app's sources.
const isOfCode = (page) => {
  const [owner, name] = page.split('.');
  return codes.has(page) || new RegExp(`\\b${name}\\b`).test(sources[owner]);
};

const problems = [
  ...[...codes].filter(([code]) => !pages.has(code)).map(([code, file]) => `${code} (${file}) has no page`),
  ...[...pages].filter((page) => !isOfCode(page)).map((page) => `docs/errors/${page}.md is of no code`),
];
const index = readFileSync(join(root, 'docs/errors/README.md'), 'utf8');
for (const page of pages) if (!index.includes(`(${page}.md)`)) problems.push(`${page} is missing in the index`);
for (const problem of problems) console.error(problem);
console.log(`${codes.size} error codes, ${pages.size} pages, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
