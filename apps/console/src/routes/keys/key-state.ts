import { timestampDate } from '@bufbuild/protobuf/wkt';
import type { ApiKey } from '@llmops/contracts/governance/v1/identity';
import { Role } from '@llmops/contracts/options/v1/options';

export type KeyState = 'active' | 'expired' | 'revoked';

export function keyState(key: ApiKey, now = new Date()): KeyState {
  if (key.revokeTime) return 'revoked';
  return key.expireTime && timestampDate(key.expireTime) <= now ? 'expired' : 'active';
}

export const roleNames: Record<Role, string> = {
  [Role.UNSPECIFIED]: 'Inference',
  [Role.INFERENCE]: 'Inference',
  [Role.VIEWER]: 'Viewer',
  [Role.EDITOR]: 'Editor',
  [Role.ADMIN]: 'Admin',
};

export const roleHints: Partial<Record<Role, string>> = {
  [Role.INFERENCE]: 'Calls models, nothing else. Right for applications.',
  [Role.VIEWER]: 'Also reads traces, metrics, costs and models.',
  [Role.EDITOR]: 'Also changes what the project owns.',
  [Role.ADMIN]: 'Also manages keys, providers and members.',
};
