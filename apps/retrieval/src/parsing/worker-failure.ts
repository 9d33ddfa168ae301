import type { ParseLimits } from './limits.ts';
import { ParseFailure } from './parse-failure.ts';
import type { WorkerGone } from './worker-process.ts';

/** Why a worker died over a document, as far as its exit tells. */
export function failureOf(exit: WorkerGone['exit'], late: boolean, limits: ParseLimits): ParseFailure {
  if (late) {
    return new ParseFailure('timeout', `Reading the file took longer than ${limits.wallMs / 1000} seconds.`);
  }
  if (exit.signal === 'SIGXCPU') {
    return new ParseFailure(
      'timeout',
      `Reading the file took more than ${limits.cpuSeconds} seconds of processor time.`,
    );
  }
  // Rust and C++ say so and abort; a SIGKILL that was not ours is the kernel's, for want of memory.
  if (/memory allocation of|bad_alloc|MemoryError|out of memory/i.test(exit.tail) || exit.signal === 'SIGKILL') {
    const megabytes = Math.round(limits.memoryBytes / 2 ** 20);
    return new ParseFailure('out_of_memory', `Reading the file took more than the ${megabytes} MB a document may use.`);
  }
  return new ParseFailure(
    'crashed',
    'The file made its reader crash or run out of memory: it is damaged, or made to do so.',
  );
}
