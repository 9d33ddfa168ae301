import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repoRoot } from '@llmops/embedded';
import { SERVICES } from '../src/services.ts';

export interface Result {
  code: number;
  stdout: string;
  stderr: string;
}

/** A repository whose services are fakes, with real Postgres and NATS, and a home of its own. */
export class FixtureRoot {
  readonly root: string;
  readonly home: string;

  private constructor(root: string) {
    this.root = root;
    this.home = join(root, '.llmops');
  }

  static async make(): Promise<FixtureRoot> {
    const root = await mkdtemp(join(tmpdir(), 'llmops-cli-'));
    await writeFile(join(root, 'pnpm-workspace.yaml'), '');
    await symlink(join(repoRoot(), 'infra'), join(root, 'infra'));
    for (const { folder } of SERVICES) {
      await mkdir(join(root, folder, 'dist'), { recursive: true });
      await cp(join(import.meta.dirname, 'fixtures/fake-service.mjs'), join(root, folder, 'dist/main.mjs'));
    }
    return new FixtureRoot(root);
  }

  async remove(): Promise<void> {
    await this.llmops('down');
    await rm(this.root, { recursive: true, force: true });
  }

  /** Runs the command to its end. */
  llmops(...args: string[]): Promise<Result> {
    return new Promise((resolve) => {
      execFile(process.execPath, [MAIN, ...args], { env: this.env() }, (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
      });
    });
  }

  /** Starts it and leaves it running. */
  spawn(...args: string[]) {
    return spawn(process.execPath, [MAIN, ...args], { env: this.env(), stdio: ['ignore', 'pipe', 'pipe'] });
  }

  async notes(): Promise<string[]> {
    const text = await readFile(join(this.root, 'notes.log'), 'utf8').catch(() => '');
    return text.split('\n').filter(Boolean);
  }

  private env(): NodeJS.ProcessEnv {
    return { ...process.env, LLMOPS_ROOT: this.root, LLMOPS_HOME: this.home, LLMOPS_PORT: '0' };
  }
}

const MAIN = join(import.meta.dirname, '../src/main.ts');
