import { lookup as lookupAddresses } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { addressKind, isMetadataName } from '@llmops/platform/net';
import { originFailed, originForbidden } from './connector.errors.ts';

export interface NetworkPolicy {
  /** Loopback and private ranges; addresses that hand out a machine's credentials are never allowed. */
  allowsPrivate: boolean;
}

const bare = (host: string): string => host.replace(/^\[|\]$/g, '');

export function allowsAddress(address: string, { allowsPrivate }: NetworkPolicy): boolean {
  const kind = addressKind(address);
  return kind === 'public' || (kind === 'private' && allowsPrivate);
}

const forbidden = (host: string) =>
  originForbidden(
    `${host}: leads to an address that sources must not reach; an administrator can allow private networks.`,
  );

/**
 * The addresses of a host, all of which are allowed: whoever connects uses one of these, so that a name that changes its
 * mind after the check leads nowhere else.
 */
export async function resolveAllowed(host: string, policy: NetworkPolicy): Promise<string[]> {
  const name = bare(host);
  if (isMetadataName(name)) throw forbidden(host);
  const found = isIP(name) ? [name] : await addressesOf(name);
  if (!found.every((address) => allowsAddress(address, policy))) throw forbidden(host);
  return found;
}

async function addressesOf(name: string): Promise<string[]> {
  try {
    return (await lookupAddresses(name, { all: true })).map(({ address }) => address);
  } catch (error) {
    throw originFailed(`${name}: there is no such host.`, error);
  }
}

/** For sockets: looks a name up and refuses what is not allowed, at the moment of connecting. */
export const guardedLookup =
  (policy: NetworkPolicy): LookupFunction =>
  (host, options, callback) => {
    resolveAllowed(host, policy).then(
      (addresses) => {
        const all = addresses.map((address) => ({ address, family: isIP(address) }));
        if (options.all) (callback as (error: null, found: typeof all) => void)(null, all);
        else callback(null, all[0]!.address, all[0]!.family);
      },
      (error: Error) => callback(error as NodeJS.ErrnoException, '', 0),
    );
  };

/** What is wrong with an address a source is to be read from; undefined when nothing is. Names are looked up at each sync. */
export function checkRemoteUrl(text: string, protocols: readonly string[], allowsPrivate: boolean): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !protocols.includes(url.protocol)) {
    return `${JSON.stringify(text)} is no address that begins with ${protocols.map((one) => `${one}//`).join(' or ')}`;
  }
  if (url.username !== '' || url.password !== '') return 'holds credentials; keep them as a secret';
  const host = bare(url.hostname);
  const isAllowed = !isMetadataName(host) && (!isIP(host) || allowsAddress(host, { allowsPrivate }));
  return isAllowed ? undefined : `${host} is an address that sources must not reach`;
}
