import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { isPortFree } from '@llmops/embedded';
import { paths } from '../paths.ts';
import { describePortOwner } from '../port-owner.ts';
import { SERVICES } from '../services.ts';
import type { Settings } from '../settings.ts';
import { findLeftovers, supervisorPid } from '../supervisor/state-file.ts';
import { bundleOf } from '../supervisor/units.ts';
import { bad, type Finding, good } from './finding.ts';

/** What this checkout and its home need: bundles, a free port, closed secrets, nothing left by a killed start. */
export async function checkInstallation(settings: Settings, running: boolean): Promise<Finding[]> {
  const port = running ? [] : [await checkPort(settings.port)];
  return [checkBundles(settings.root), ...port, await checkSecrets(settings.home), await checkState(settings.home)];
}

function checkBundles(root: string): Finding {
  const missing = SERVICES.filter((spec) => !existsSync(bundleOf(root, spec))).map(({ name }) => name);
  if (missing.length === 0) return good('build', `${SERVICES.length} services are built`);
  return bad('build', `not built: ${missing.join(', ')}`, `Run "pnpm build" in ${root}, or start with "npm start".`);
}

async function checkPort(port: number): Promise<Finding> {
  if (port === 0) return good('port', 'any free one');
  if (await isPortFree(port)) return good('port', `${port} is free`);
  const owner = await describePortOwner(port);
  return bad('port', `${port} is taken by ${owner}`, 'Stop it, or choose another port with --port N or LLMOPS_PORT=N.');
}

async function checkSecrets(home: string): Promise<Finding> {
  const at = paths(home);
  const open: string[] = [];
  for (const file of [at.secrets, at.credentials]) {
    if (existsSync(file) && ((await stat(file)).mode & 0o077) !== 0) open.push(file);
  }
  if (open.length === 0)
    return good('secrets', existsSync(at.secrets) ? 'readable by you only' : 'made on the first start');
  return bad('secrets', `others can read ${open.join(' and ')}`, `chmod 600 ${open.join(' ')}`);
}

async function checkState(home: string): Promise<Finding> {
  const at = paths(home);
  const pid = await supervisorPid(at);
  if (pid) return good('state', `supervised by process ${pid}`);
  const left = await findLeftovers(at);
  if (left.length === 0) return good('state', 'nothing is left of an earlier start');
  const names = left.map((one) => `${one.name} (${one.pid})`).join(', ');
  return bad('state', `an earlier start was killed and left: ${names}`, 'Run "llmops down", or start again.');
}
