import { sleep } from '@llmops/embedded';
import type { Paths } from '../paths.ts';
import { GATEWAY } from '../services.ts';
import { CliError } from '../settings.ts';
import type { Ports } from '../start/assign-ports.ts';
import { LogFile, tailOf } from './log-file.ts';
import { memoryOf } from './memory.ts';
import { processIdentity } from './process-identity.ts';
import { type State, writeState } from './state-file.ts';
import { Supervised, type Unit, type UnitStatus } from './supervised.ts';

type Phase = 'starting' | 'ready' | 'stopping';

export interface SupervisorStatus {
  phase: Phase;
  baseUrl: string;
  pid: number;
  uptimeMs: number;
  services: (UnitStatus & { memoryBytes?: number })[];
}

/** Restarts before the first readiness after which a unit is given up and the start fails. */
const HOPELESS_RESTARTS = 5;
const READY_TIMEOUT_MS = 60_000;
const LOG_LINES_SHOWN = 20;

/** Holds the processes of one installation: starts, watches and stops them, and keeps the state file true. */
export class Supervisor {
  phase: Phase = 'starting';
  baseUrl = '';
  readonly #at: Paths;
  readonly #startedAt = Date.now();
  readonly #members = new Map<string, Supervised>();
  #ports: Ports = {};
  #saving: Promise<void> = Promise.resolve();
  #stopped: Promise<void> | undefined;

  constructor(at: Paths) {
    this.#at = at;
  }

  set ports(ports: Ports) {
    this.#ports = ports;
    this.#save();
  }

  /** Starts the unit and waits until it is ready. @throws CliError with the end of its log */
  async add(unit: Unit): Promise<void> {
    this.#refuseWhenStopping();
    const log = new LogFile(this.#at.log(unit.name));
    const member = new Supervised(unit, log, () => this.#save());
    this.#members.set(unit.name, member);
    member.start();
    for (const deadline = Date.now() + READY_TIMEOUT_MS; !member.ready; await sleep(20)) {
      this.#refuseWhenStopping();
      if (member.restarts < HOPELESS_RESTARTS && Date.now() < deadline) continue;
      const { reason = 'is not ready' } = member.status();
      throw new CliError(`${unit.name} ${reason}. Its log: ${log.path}`, tailOf(log.path, LOG_LINES_SHOWN));
    }
  }

  async status(): Promise<SupervisorStatus> {
    const units = [...this.#members.values()].map((member) => member.status());
    const memory = await memoryOf(units.flatMap(({ pid }) => (pid ? [pid] : [])));
    return {
      phase: this.phase,
      baseUrl: this.baseUrl,
      pid: process.pid,
      uptimeMs: Date.now() - this.#startedAt,
      services: units.map((unit) => {
        const memoryBytes = unit.pid === undefined ? undefined : memory.get(unit.pid);
        return memoryBytes === undefined ? unit : { ...unit, memoryBytes };
      }),
    };
  }

  /**
   * The gateway first, so that no new call comes in; then the services, which finish what they have; then what they
   * stand on. Every caller waits for the same one stop.
   */
  stop(): Promise<void> {
    this.#stopped ??= this.#stopAll();
    return this.#stopped;
  }

  /** Ends everything at once. */
  kill(): void {
    this.phase = 'stopping';
    for (const member of this.#members.values()) member.kill();
  }

  #refuseWhenStopping(): void {
    if (this.phase === 'stopping') throw new CliError('Stopped while starting.');
  }

  async #stopAll(): Promise<void> {
    this.phase = 'stopping';
    const members = [...this.#members.values()];
    const isServer = ({ name }: Supervised): boolean => name === 'postgres' || name === 'nats';
    const groups = [
      members.filter(({ name }) => name === GATEWAY),
      members.filter((member) => member.name !== GATEWAY && !isServer(member)),
      members.filter(isServer),
    ];
    for (const group of groups) await Promise.all(group.map((member) => member.stop()));
    this.#save();
    await this.#saving;
    for (const member of members) member.log.close();
  }

  #save(): void {
    // One after the other; the last write has the last state.
    this.#saving = this.#saving
      .then(async () => {
        const processes: State['processes'] = [];
        for (const { name, pid } of this.#members.values()) {
          const identity = pid && (await processIdentity(pid));
          if (identity) processes.push({ name, pid, identity });
        }
        await writeState(this.#at, { ports: this.#ports, processes });
      })
      .catch(() => {
        // A full disk costs the clean-up after a kill -9, not the service.
      });
  }
}
