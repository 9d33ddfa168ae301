import { expect, test } from 'vitest';
import { addressKind } from './index.ts';

test.each([
  '127.0.0.1',
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '172.31.255.255',
  '192.168.0.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::7f00:1',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:0:7f00:1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::7f00:1',
  '2002:7f00:1::',
  'fd00::1',
  'fec0::1',
  'ff02::1',
])('%s is on this machine or network', (address) => {
  expect(addressKind(address)).toBe('private');
});

test.each([
  '169.254.169.254',
  '::ffff:169.254.169.254',
  '64:ff9b::a9fe:a9fe',
  'fe80::1',
  'fe80::1%eth0',
  'fd00:ec2::254',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
])('%s may hand out credentials', (address) => {
  expect(addressKind(address)).toBe('metadata');
});

test.each(['1.1.1.1', '172.32.0.1', '198.20.0.1', '2606:4700::1111', '::ffff:1.1.1.1', '64:ff9b::101:101'])(
  '%s is outside',
  (address) => {
    expect(addressKind(address)).toBe('public');
  },
);
