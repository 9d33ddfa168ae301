import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import type { Settings } from '../settings.ts';
import { bad, type Finding, good } from './finding.ts';

const execute = promisify(execFile);

const NEEDED_NODE = 22;
/** Servers 60 MB, default models 200 MB, dependencies 1 GB, and room for data. */
const NEEDED_BYTES = 3_000_000_000;

/** What the machine must bring: Node, Python with pip, git, room on the disk. */
export async function checkMachine(settings: Settings): Promise<Finding[]> {
  return [checkNode(process.versions.node), await checkPython(), await checkGit(), await checkDisk(settings.home)];
}

export function checkNode(version: string): Finding {
  if (Number(version.split('.')[0]) >= NEEDED_NODE) return good('node', `Node ${version}`);
  return bad('node', `Node ${version} is too old`, 'Start with "npm start", which brings its own, or install Node 24.');
}

async function checkPython(): Promise<Finding> {
  const fix = 'Install Python 3.10 or newer with pip (Debian: apt-get install python3 python3-pip).';
  const python = process.env['LLMOPS_PYTHON'] ?? 'python3';
  const script = 'import sys, pip; print("%d.%d %s" % (*sys.version_info[:2], pip.__version__))';
  try {
    const { stdout } = await execute(python, ['-c', script]);
    const [version = '', pip] = stdout.trim().split(' ');
    const [major = 0, minor = 0] = version.split('.').map(Number);
    if (major < 3 || (major === 3 && minor < 10)) return bad('python', `${python} is ${version}; 3.10 is needed`, fix);
    return good('python', `Python ${version}, pip ${pip}`);
  } catch (error) {
    const reason = String((error as { stderr?: string }).stderr || error)
      .trim()
      .split('\n')
      .at(-1);
    return bad('python', `${python} with pip does not run: ${reason}`, fix);
  }
}

async function checkGit(): Promise<Finding> {
  try {
    return good('git', (await execute('git', ['--version'])).stdout.trim());
  } catch {
    return bad('git', 'git is not there', 'Install git (Debian: apt-get install git).');
  }
}

async function checkDisk(home: string): Promise<Finding> {
  let folder = home;
  while (!existsSync(folder)) folder = dirname(folder);
  const { bavail, bsize } = await statfs(folder);
  const gigabytes = `${((bavail * bsize) / 1e9).toFixed(1)} GB free at ${folder}`;
  if (bavail * bsize >= NEEDED_BYTES) return good('disk', gigabytes);
  return bad('disk', gigabytes, 'Free some: 3 GB are needed. Or put the state elsewhere with LLMOPS_HOME.');
}
