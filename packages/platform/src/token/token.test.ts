import { generateKeyPairSync } from 'node:crypto';
import { Role } from '@llmops/contracts/options/v1/options';
import { expect, test } from 'vitest';
import { createTokenMinter, createTokenVerifier, type Principal } from './index.ts';
import { ServiceCaller } from './service-caller.ts';

const pair = generateKeyPairSync('ed25519', {
  publicKeyEncoding: { format: 'der', type: 'spki' },
  privateKeyEncoding: { format: 'der', type: 'pkcs8' },
});
const mint = createTokenMinter(pair.privateKey.toString('base64'));
const verify = createTokenVerifier(pair.publicKey.toString('base64'));
const principal: Principal = {
  actor: 'usr_1',
  organizationId: 'org_1',
  organizationRole: Role.VIEWER,
  projectId: 'prj_1',
  projectRole: Role.ADMIN,
};

test('a token says who was minted', async () => {
  expect(await verify(await mint(principal))).toEqual(principal);
});

test('a token without a role is not taken', async () => {
  const token = await mint({ ...principal, projectRole: undefined as unknown as Role });
  await expect(verify(token)).rejects.toMatchObject({ code: 'platform.token_invalid' });
});

test('a token of another key, or of no algorithm, is not taken', async () => {
  const [, payload] = (await mint(principal)).split('.');
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
  await expect(verify(unsigned)).rejects.toMatchObject({ code: 'platform.token_invalid' });
  const other = generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' });
  const foreign = await createTokenMinter(other.toString('base64'))(principal);
  await expect(verify(foreign)).rejects.toMatchObject({ code: 'platform.token_invalid' });
});

const servicePair = generateKeyPairSync('ed25519', {
  publicKeyEncoding: { format: 'der', type: 'spki' },
  privateKeyEncoding: { format: 'der', type: 'pkcs8' },
});
const servicePrivateKey = servicePair.privateKey.toString('base64');
const verifyAll = createTokenVerifier(
  `${pair.publicKey.toString('base64')},data=${servicePair.publicKey.toString('base64')}`,
);

test('a service signs for its own work, as an editor of one project', async () => {
  const { token } = await new ServiceCaller('data', servicePrivateKey).contextFor({
    organizationId: 'org_1',
    projectId: 'prj_1',
  });
  expect(await verifyAll(token!)).toEqual({
    actor: 'service:data',
    organizationId: 'org_1',
    organizationRole: Role.UNSPECIFIED,
    projectId: 'prj_1',
    projectRole: Role.EDITOR,
  });
  expect(await verifyAll(await mint(principal))).toEqual(principal);
});

test.each([
  ['another actor', { actor: 'usr_1' }],
  ['an administrator', { projectRole: Role.ADMIN }],
  ['a member of the organisation', { organizationRole: Role.VIEWER }],
])('a service cannot speak as %s', async (_what, claim) => {
  const held = { ...principal, actor: 'service:data', organizationRole: Role.UNSPECIFIED, projectRole: Role.EDITOR };
  const token = await createTokenMinter(servicePrivateKey, 'data')({ ...held, ...claim });
  await expect(verifyAll(token)).rejects.toMatchObject({ code: 'platform.token_invalid' });
});

test('a service cannot sign as the edge or as another service', async () => {
  const asEdge = await createTokenMinter(servicePrivateKey)(principal);
  await expect(verifyAll(asEdge)).rejects.toMatchObject({ code: 'platform.token_invalid' });
  const asOther = await createTokenMinter(servicePrivateKey, 'cost')({ ...principal, actor: 'service:cost' });
  await expect(verifyAll(asOther)).rejects.toMatchObject({ code: 'platform.token_invalid' });
});
