import { addressKind, isMetadataName } from '@llmops/platform/net';
import { expect, test } from 'vitest';
import { checkBaseUrl } from './check-base-url.ts';

test('metadata, private and public addresses are told apart, also in IPv6 clothes', () => {
  const kinds = {
    metadata: ['169.254.169.254', 'fe80::1', 'febf::1', '::ffff:a9fe:a9fe', '::ffff:169.254.169.254', 'fd00:ec2::254'],
    private: ['127.0.0.1', '0.0.0.0', '10.1.2.3', '172.31.0.1', '192.168.1.1', '::1', '::', 'fd12::1', '::ffff:7f00:1'],
    public: ['93.184.216.34', '172.32.0.1', '2606:4700::1', '::ffff:5db8:d822'],
  };
  for (const [kind, addresses] of Object.entries(kinds)) {
    for (const address of addresses) expect([address, addressKind(address)]).toEqual([address, kind]);
  }
});

test('names of metadata services are known, in any case and with a final dot', () => {
  for (const name of ['metadata', 'METADATA.google.internal.', 'metadata.goog', 'instance-data.ec2.internal']) {
    expect([name, isMetadataName(name)]).toEqual([name, true]);
  }
  expect(isMetadataName('metadata-service.example.com')).toBe(false);
});

test('a base URL that reaches a metadata address is refused however it is written', async () => {
  for (const host of [
    '169.254.169.254',
    '2852039166',
    '0xa9fea9fe',
    '0251.0376.0251.0376',
    '[::ffff:169.254.169.254]',
  ]) {
    await expect(checkBaseUrl(`http://${host}/v1`, true)).rejects.toMatchObject({ code: 'models.base_url_forbidden' });
  }
});

test('loopback and private addresses are allowed only where the installation says so', async () => {
  for (const host of ['127.0.0.1:11434', '[::1]', '10.0.0.5', '0']) {
    await expect(checkBaseUrl(`http://${host}/v1/`, true)).resolves.not.toMatch(/\/$/);
    await expect(checkBaseUrl(`http://${host}/v1`, false)).rejects.toMatchObject({ code: 'models.base_url_forbidden' });
  }
});

test('other schemes, credentials and queries are no base URL', async () => {
  for (const url of ['ftp://127.0.0.1/v1', 'http://u:p@127.0.0.1/v1', 'http://127.0.0.1/v1?x=1', 'nonsense']) {
    await expect(checkBaseUrl(url, true)).rejects.toMatchObject({ code: 'models.base_url_invalid' });
  }
});
