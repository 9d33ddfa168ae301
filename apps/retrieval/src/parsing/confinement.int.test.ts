import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { config } from './config.ts';

const program = join(import.meta.dirname, '../../parser');

/** Runs Python as a worker is run, after its door has closed. */
function confined(script: string): string {
  const lines = ['import sys', `sys.path.insert(0, ${JSON.stringify(program)})`, 'import confine, ctypes, os'];
  const close = 'closed = confine.deny_network_and_programs()';
  const { stdout, stderr } = spawnSync(config.python(), ['-I', '-B', '-c', [...lines, close, script].join('\n')]);
  return (stdout.toString() || stderr.toString()).trim();
}

test.runIf(process.platform === 'linux')('a library written in C gets no socket and starts no program', () => {
  const call = (name: string, args: string) => `libc.${name}(${args}), os.strerror(ctypes.get_errno())`;
  const script = `libc = ctypes.CDLL(None, use_errno=True)
argv = (ctypes.c_char_p * 2)(b"/bin/true", None)
print(closed, ${call('socket', '2, 1, 0')}, ${call('execv', 'b"/bin/true", argv')})`;
  expect(confined(script)).toBe('True -1 Permission denied -1 Permission denied');
});

test('nor does Python', () => {
  const attempt = (code: string) => confined(`try:\n  ${code}\nexcept PermissionError as error:\n  print(error)`);
  expect(attempt('import socket; socket.socket()')).toMatch(/may not use socket/);
  expect(attempt('import subprocess; subprocess.run(["true"])')).toMatch(/may not use subprocess/);
});

test('what it may do goes on: files and threads', () => {
  const script = `import threading
names = []
thread = threading.Thread(target=lambda: names.extend(os.listdir(${JSON.stringify(program)})))
thread.start(); thread.join()
print("worker.py" in names)`;
  expect(confined(script)).toBe('True');
});
