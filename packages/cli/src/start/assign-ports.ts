import { freePorts, isPortFree } from '@llmops/embedded';
import { describePortOwner } from '../port-owner.ts';
import { GATEWAY, type ServiceSpec } from '../services.ts';
import { CliError } from '../settings.ts';

/** By name: `gateway` is the public one, then `postgres`, `nats`, and `<service>` (gRPC) and `<service>.http`. */
export type Ports = Record<string, number>;

/**
 * Gives every listener a port. The public one is as asked, or it fails; the others are those of the last start, or
 * count up from the public one, or are any free one.
 */
export async function assignPorts(
  asked: number,
  services: readonly ServiceSpec[],
  previous: Ports = {},
): Promise<Ports> {
  const taken = new Set<number>();
  const take = async (port: number | undefined): Promise<number | undefined> => {
    if (!port || port > 65_535 || taken.has(port) || !(await isPortFree(port))) return undefined;
    taken.add(port);
    return port;
  };
  const ports: Ports = {};
  ports[GATEWAY] = asked === 0 ? ((await take(previous[GATEWAY])) ?? (await anyFree(taken))) : await publicPort(asked);
  taken.add(ports[GATEWAY]);

  const names = ['postgres', 'nats', ...services.flatMap(({ name, grpc }) => (grpc ? [name, `${name}.http`] : []))];
  for (const [index, name] of names.entries()) {
    const next = asked === 0 ? undefined : asked + index + 1;
    ports[name] = (await take(previous[name])) ?? (await take(next)) ?? (await anyFree(taken));
  }
  return ports;
}

async function publicPort(asked: number): Promise<number> {
  if (await isPortFree(asked)) return asked;
  throw new CliError(
    `Port ${asked} is taken by ${await describePortOwner(asked)}. Stop it, or choose another with --port N or LLMOPS_PORT=N.`,
  );
}

async function anyFree(taken: Set<number>): Promise<number> {
  // As many as could all be taken already, and one more.
  const port = (await freePorts(taken.size + 1)).find((one) => !taken.has(one))!;
  taken.add(port);
  return port;
}
