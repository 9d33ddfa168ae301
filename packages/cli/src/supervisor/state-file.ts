import { open, readFile, rm } from 'node:fs/promises';
import { sleep } from '@llmops/embedded';
import { readJson, writeJson } from '../json-file.ts';
import type { Paths } from '../paths.ts';
import { CliError } from '../settings.ts';
import type { Ports } from '../start/assign-ports.ts';
import { processIdentity } from './process-identity.ts';

/** What outlives a supervisor that was killed: enough to find and stop what it left running. */
export interface State {
  ports: Ports;
  processes: { name: string; pid: number; identity: string }[];
}

export const readState = async (at: Paths): Promise<State> =>
  (await readJson<State>(at.state)) ?? { ports: {}, processes: [] };

export const writeState = (at: Paths, state: State): Promise<void> => writeJson(at.state, state);

/** The id of the supervisor of this home, if one lives. */
export async function supervisorPid(at: Paths): Promise<number | undefined> {
  const identity = (await readFile(at.lock, 'utf8').catch(() => '')).trim();
  const pid = Number(identity.split('@')[0]);
  return pid && (await processIdentity(pid)) === identity ? pid : undefined;
}

/** Makes us the one supervisor of this home. False when another is. */
export async function takeLock(at: Paths): Promise<boolean> {
  for (;;) {
    try {
      const file = await open(at.lock, 'wx', 0o600);
      await file.writeFile((await processIdentity(process.pid)) ?? `${process.pid}@`);
      await file.close();
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    if (await supervisorPid(at)) return false;
    // Its writer may be between making the file and filling it.
    await sleep(100);
    if (await supervisorPid(at)) return false;
    await rm(at.lock, { force: true });
  }
}

export const releaseLock = (at: Paths): Promise<void> => rm(at.lock, { force: true });

/** Processes of an earlier supervisor that still run. */
export async function findLeftovers(at: Paths): Promise<State['processes']> {
  const { processes } = await readState(at);
  const alive = await Promise.all(processes.map(async (one) => (await processIdentity(one.pid)) === one.identity));
  return processes.filter((_, index) => alive[index]);
}

/** Postgres' fast shutdown; for the others an ordinary one. */
const signalFor = (name: string): NodeJS.Signals => (name === 'postgres' ? 'SIGINT' : 'SIGTERM');

/** Stops what an earlier supervisor left: services first, then what they stand on. Returns the names. */
export async function stopLeftovers(at: Paths): Promise<string[]> {
  const leftovers = await findLeftovers(at);
  const isServer = (one: { name: string }): boolean => one.name === 'postgres' || one.name === 'nats';
  for (const group of [leftovers.filter((one) => !isServer(one)), leftovers.filter(isServer)]) {
    await Promise.all(group.map(stopLeftover));
  }
  return leftovers.map(({ name }) => name);
}

async function stopLeftover({ name, pid, identity }: State['processes'][number]): Promise<void> {
  const steps: [NodeJS.Signals, number][] = [
    [signalFor(name), 15_000],
    ['SIGKILL', 5_000],
  ];
  for (const [signal, ms] of steps) {
    try {
      process.kill(signal === 'SIGKILL' ? -pid : pid, signal);
    } catch {
      return;
    }
    for (let waited = 0; waited < ms; waited += 50) {
      if ((await processIdentity(pid)) !== identity) return;
      await sleep(50);
    }
  }
  throw new CliError(`${name} (process ${pid}), left by an earlier start, does not end. Stop it by hand.`);
}
