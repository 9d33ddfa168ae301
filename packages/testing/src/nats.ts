import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { defaultCacheDir, ensureBinaries, freePort, type NatsServer, startNats } from '@llmops/embedded';
import { inject } from 'vitest';
import './provided.ts';

/** A NATS server of the test file's own; the caller stops it. */
export async function startTestNats(): Promise<NatsServer> {
  const binaries = await ensureBinaries({ cacheDir: defaultCacheDir() });
  const dataDir = join(inject('scratchDir'), `nats-${randomBytes(4).toString('hex')}`);
  return startNats({ binaries, dataDir, port: await freePort(), password: 'test', sync: '2m' });
}
