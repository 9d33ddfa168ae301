import { services } from '@llmops/contracts';
import { expect, test } from 'vitest';
import { RouteTable } from './route-table.ts';

const table = new RouteTable(services);
const found = (verb: string, path: string) => {
  const match = table.match(verb, path);
  return match && [match.target.method.name, match.parameters];
};

test('a path binds its variables to request fields', () => {
  expect(found('GET', '/api/v1/projects/prj_1/apiKeys')).toEqual(['ListApiKeys', { project: 'prj_1' }]);
  expect(found('GET', '/api/v1/projects/prj_1')).toEqual(['GetProject', { project: 'prj_1' }]);
});

test('a custom verb is a method of its own, and what precedes it is the id', () => {
  expect(found('POST', '/api/v1/projects/prj_1/apiKeys/key_1:revoke')).toEqual([
    'RevokeApiKey',
    { project: 'prj_1', api_key: 'key_1' },
  ]);
  expect(found('GET', '/api/v1/projects/p/traces:watch')).toEqual(['WatchTraces', { project: 'p' }]);
  expect(found('POST', '/api/v1/projects/prj_1/apiKeys/key_1:explode')).toBeUndefined();
});

test('an encoded colon or slash belongs to the id', () => {
  expect(found('GET', '/api/v1/models/a%3Ab%2Fc')).toEqual(['GetModel', { model: 'a:b/c' }]);
});

test('an empty id, a longer path and another verb match nothing', () => {
  expect(found('GET', '/api/v1/models/')).toBeUndefined();
  expect(found('GET', '/api/v1/models/a/b')).toBeUndefined();
  expect(found('PUT', '/api/v1/models')).toBeUndefined();
  expect(table.allowed('/api/v1/projects')).toEqual(['GET', 'POST']);
});

test('methods for services only have no route', () => {
  expect(table.methods.map(({ method }) => method.name)).not.toContain('Embed');
  expect(table.methods.length).toBeGreaterThan(20);
});
