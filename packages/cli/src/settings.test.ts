import { expect, test } from 'vitest';
import { readSettings } from './settings.ts';

test('a flag wins over the environment, the environment over the default', () => {
  const env = { LLMOPS_PORT: '8080', LLMOPS_HOME: '/srv/llmops' };
  expect(readSettings({ port: '0' }, env)).toMatchObject({ port: 0, home: '/srv/llmops', host: '127.0.0.1' });
  expect(readSettings({}, env).port).toBe(8080);
  expect(readSettings({}, {}).port).toBe(7070);
});

test('what is no port is refused with a message that says what is one', () => {
  for (const port of ['', 'http', '-1', '65536', '70 70', '1e3']) {
    expect(() => readSettings({ port }, {}), port).toThrow(/give a number from 0/);
  }
});
