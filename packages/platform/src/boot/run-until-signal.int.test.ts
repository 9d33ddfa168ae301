import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';

const module = new URL('./run-until-signal.ts', import.meta.url).href;

/** The exit code and output of a process that runs `starting` and is sent SIGTERM when it is up, and again when it stops. */
async function signalled(starting: string) {
  const script = `import { runUntilSignal } from '${module}'; runUntilSignal(${starting}); setInterval(() => {}, 1_000); console.log('up');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  child.stdout.on('data', (piece: Buffer) => {
    text += piece;
    if (piece.toString().includes('up') || piece.toString().includes('stopping')) child.kill('SIGTERM');
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return { code, text };
}

const slowStop = `Promise.resolve({ stop: async () => { console.log('stopping'); await new Promise((r) => setTimeout(r, 300)); console.log('stopped'); } })`;

test('a signal before the service has started ends the process at once', async () => {
  expect(await signalled('new Promise(() => {})')).toMatchObject({ code: 0 });
});

test('a second signal does not cut the stop short', async () => {
  const { code, text } = await signalled(slowStop);
  expect(code).toBe(0);
  expect(text).toContain('stopped');
});

test('a start that fails ends the process with an error', async () => {
  expect(await signalled(`Promise.reject(new Error('no port'))`)).toMatchObject({ code: 1 });
});
