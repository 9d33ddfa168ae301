import { create } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { ApiKeySchema } from '@llmops/contracts/governance/v1/identity';
import { expect, test } from 'vitest';
import { keyState } from './key-state.ts';

const at = (text: string) => timestampFromDate(new Date(text));
const now = new Date('2026-11-24T12:00:00Z');

test('a key is revoked before it is expired, and expired from its very moment', () => {
  expect(keyState(create(ApiKeySchema), now)).toBe('active');
  expect(keyState(create(ApiKeySchema, { expireTime: at('2026-11-24T12:00:01Z') }), now)).toBe('active');
  expect(keyState(create(ApiKeySchema, { expireTime: at('2026-11-24T12:00:00Z') }), now)).toBe('expired');
  expect(
    keyState(
      create(ApiKeySchema, { expireTime: at('2020-01-01T00:00:00Z'), revokeTime: at('2019-01-01T00:00:00Z') }),
      now,
    ),
  ).toBe('revoked');
});
