import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { addressKind, isMetadataName } from '@llmops/platform/net';
import { baseUrlForbidden, baseUrlInvalid } from './provider.errors.ts';

const lookupMs = 3_000;

/**
 * The base URL as it is kept (no trailing slash), when the platform may call it. Addresses of cloud metadata services
 * are never allowed, loopback and private ones only where `allowPrivate` says so; a name stands for all its addresses.
 */
export async function checkBaseUrl(text: string, allowPrivate: boolean): Promise<string> {
  const url = URL.parse(text);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw baseUrlInvalid('must be an http or https URL');
  if (url.username || url.password) throw baseUrlInvalid('must hold no user or password; use api_key');
  if (url.search || url.hash) throw baseUrlInvalid('must end with its path, up to and with /v1');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isMetadataName(host)) throw baseUrlForbidden('names a cloud metadata service');
  for (const address of await addressesOf(host, allowPrivate)) {
    const kind = addressKind(address);
    if (kind === 'metadata') throw baseUrlForbidden('leads to a link-local or cloud metadata address');
    if (kind === 'private' && !allowPrivate) {
      throw baseUrlForbidden('leads to a loopback or private address, which this installation does not allow');
    }
  }
  return url.href.replace(/\/+$/, '');
}

async function addressesOf(host: string, allowPrivate: boolean): Promise<string[]> {
  if (isIP(host)) return [host];
  try {
    const found = await Promise.race([lookup(host, { all: true }), sleep(lookupMs, undefined, { ref: false })]);
    if (found) return found.map(({ address }) => address);
  } catch {
    // Told below.
  }
  // Where private addresses are fine an upstream may come up later; elsewhere what it leads to must be known.
  if (allowPrivate) return [];
  throw baseUrlInvalid(`the host ${JSON.stringify(host)} cannot be resolved`);
}
