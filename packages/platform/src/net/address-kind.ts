import { BlockList, isIP } from 'node:net';

/** Where a call to an address would end up: on this host or network, in the cloud's control plane, or outside. */
export type AddressKind = 'metadata' | 'private' | 'public';

const metadata = new BlockList();
metadata.addSubnet('169.254.0.0', 16);
metadata.addSubnet('fe80::', 10, 'ipv6');
// Outside the link-local ranges: AWS over IPv6, Alibaba, Azure's wire server, Oracle.
metadata.addAddress('fd00:ec2::254', 'ipv6');
metadata.addAddress('fd20:ce::254', 'ipv6');
metadata.addAddress('100.100.100.200');
metadata.addAddress('168.63.129.16');
metadata.addAddress('192.0.0.192');

const privateRanges = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  // Benchmarks, multicast, and what is reserved with the broadcast address.
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  privateRanges.addSubnet(network, bits);
}
for (const [network, bits] of [
  // ::, ::1, and IPv4 in forms that a router may translate back: compatible, translated, a network's own NAT64, 6to4.
  ['::', 96],
  ['::ffff:0:0:0', 96],
  ['64:ff9b:1::', 48],
  ['2002::', 16],
  ['fc00::', 7],
  ['fec0::', 10],
  ['ff00::', 8],
] as const) {
  privateRanges.addSubnet(network, bits, 'ipv6');
}

const metadataNames =
  /^(metadata|instance-data|metadata\.goog|.+\.metadata\.goog|metadata\..+\.internal|metadata\.internal|metadata\.azure\..+|instance-data\..+)$/;

/** By an IP address in text form; IPv4 inside IPv6 counts as the IPv4 address. */
export function addressKind(address: string): AddressKind {
  const embedded = embeddedIpv4(address);
  if (embedded) return addressKind(embedded);
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (metadata.check(address, family)) return 'metadata';
  return privateRanges.check(address, family) ? 'private' : 'public';
}

/** Names under which clouds hand out credentials of the machine. */
export const isMetadataName = (host: string): boolean => metadataNames.test(host.toLowerCase().replace(/\.$/, ''));

// ::ffff:a.b.c.d (mapped) and 64:ff9b::a.b.c.d (NAT64), in the hexadecimal form URL parsers write.
const ipv4InIpv6 = /^(?:::ffff:|64:ff9b::)([\da-f]{1,4}):([\da-f]{1,4})$/i;
const dottedInIpv6 = /^(?:::ffff:|64:ff9b::)(\d+\.\d+\.\d+\.\d+)$/i;

function embeddedIpv4(address: string): string | undefined {
  const dotted = dottedInIpv6.exec(address);
  if (dotted) return dotted[1];
  const hex = ipv4InIpv6.exec(address);
  if (!hex) return undefined;
  const value = Number.parseInt(hex[1]!, 16) * 65_536 + Number.parseInt(hex[2]!, 16);
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
}
