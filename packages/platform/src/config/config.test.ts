import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { loadConfig } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'llmops-config-'));
const file = join(folder, 'MASTER_KEY');
writeFileSync(file, 'from the file\n');
afterAll(() => rmSync(folder, { recursive: true }));

const schema = z.object({ MASTER_KEY: z.string(), LOG_LEVEL: z.string().default('info') });

test('a setting that is absent is read from the file that NAME_FILE names', () => {
  expect(loadConfig(schema, { MASTER_KEY_FILE: file })).toEqual({ MASTER_KEY: 'from the file', LOG_LEVEL: 'info' });
});

test('a setting of the environment wins over its file, which is then not opened', () => {
  const environment = { MASTER_KEY: 'from the environment', MASTER_KEY_FILE: join(folder, 'absent') };
  expect(loadConfig(schema, environment).MASTER_KEY).toBe('from the environment');
});

test('files of names that are no setting are left alone', () => {
  const environment = { MASTER_KEY: 'x', SSL_CERT_FILE: join(folder, 'absent') };
  expect(loadConfig(schema, environment)).toEqual({ MASTER_KEY: 'x', LOG_LEVEL: 'info' });
});
