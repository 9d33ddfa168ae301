import { fromJsonString } from '@bufbuild/protobuf';
import { Task } from '@llmops/contracts/models/v1/model';
import { RouteSchema } from '@llmops/contracts/models/v1/provider';
import { expect, test } from 'vitest';
import { localReleaseId, localRoute, routeKey, upstreamRoute } from './route.ts';

const upstream = {
  project: 'prj_1',
  provider: 'ollama',
  baseUrl: 'http://127.0.0.1:11434/v1',
  sealedApiKey: '',
  model: 'qwen3:8b',
  task: Task.CHAT,
  priceKey: 'qwen3:8b',
  createTime: new Date(1_700_000_000_000),
};

test('a key holds any alias in letters that a bucket allows', () => {
  expect(routeKey('_', 'ollama/qwen3:8b')).toMatch(/^_\.[\w-]+$/);
});

test('the release of a name is the same for the same bundle and another for other files', () => {
  expect(localReleaseId('d1', 'm')).toBe(localReleaseId('d1', 'm'));
  expect(localReleaseId('d1', 'm')).toMatch(/^rel_[\da-f]{26}$/);
  expect(new Set([localReleaseId('d1', 'm'), localReleaseId('d2', 'm'), localReleaseId('d1', 'n')]).size).toBe(3);
});

test("a provider's model is called <provider>/<model> and keeps its release when the key is rotated", () => {
  const [key, text] = upstreamRoute(upstream);
  const route = fromJsonString(RouteSchema, text);
  expect(key).toBe(routeKey('prj_1', 'ollama/qwen3:8b'));
  expect(route).toMatchObject({ alias: 'ollama/qwen3:8b', ownedBy: 'ollama', createTimeS: 1_700_000_000n });
  const [, rotated] = upstreamRoute({ ...upstream, sealedApiKey: 'other' });
  expect(fromJsonString(RouteSchema, rotated).releaseId).toBe(route.releaseId);
});

test('a local model leads to inference under its own id, for every project', () => {
  const [key, text] = localRoute({ model: 'm', digest: 'd', task: Task.CHAT, readyTime: new Date(0) });
  expect(key.startsWith('_.')).toBe(true);
  expect(fromJsonString(RouteSchema, text).upstream).toMatchObject({ case: 'local', value: { model: 'm' } });
});
