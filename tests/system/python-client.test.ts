import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { defaultCacheDir } from '@llmops/embedded';
import { beforeAll, expect, test } from 'vitest';
import { apiKey, baseUrl } from './support/platform.ts';

const run = promisify(execFile);
const version = '3.57.0';
const packages = join(defaultCacheDir(), `python-openai-${version}`);

beforeAll(async () => {
  const installed = await access(join(packages, 'openai')).then(
    () => true,
    () => false,
  );
  if (!installed) await run('python3', ['-m', 'pip', 'install', '--quiet', '--target', packages, `openai==${version}`]);
}, 180_000);

test('PyPI openai: lists, chats, streams with usage, parses structured output, embeds, raises the right classes', async () => {
  const { stdout } = await run('python3', [join(import.meta.dirname, 'python_client.py')], {
    env: { ...process.env, PYTHONPATH: packages, OPENAI_BASE_URL: `${baseUrl}/v1`, OPENAI_API_KEY: apiKey },
  });
  expect(JSON.parse(stdout)).toEqual({
    models: true,
    chat: true,
    stream: true,
    usage: true,
    structured: true,
    embedding: 384,
    authentication: true,
    not_found: true,
    bad_request: 'temperature',
  });
});
