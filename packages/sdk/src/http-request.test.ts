import { create } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { routeOf } from '@llmops/contracts';
import { UploadService } from '@llmops/contracts/data/v1/source';
import { Call_Status } from '@llmops/contracts/gateway/v1/call';
import { ApiKeyService } from '@llmops/contracts/governance/v1/identity';
import { TraceService } from '@llmops/contracts/observability/v1/trace';
import { expect, test } from 'vitest';
import { httpRequestOf } from './http-request.ts';

const { listTraces } = TraceService.method;
const { createApiKey, revokeApiKey } = ApiKeyService.method;

test('a GET puts what the path does not take into the query: camelCase, enums by name, RFC 3339 times', () => {
  const message = create(listTraces.input, {
    project: 'prj_1',
    pageSize: 20,
    status: Call_Status.ERROR,
    startTime: timestampFromDate(new Date('2026-11-24T10:00:00Z')),
    query: 'a&b',
  });
  const request = httpRequestOf(listTraces, routeOf(listTraces)!, message);
  const [path, query] = request.path.split('?');
  expect(path).toBe('/api/v1/projects/prj_1/traces');
  expect(Object.fromEntries(new URLSearchParams(query))).toEqual({
    pageSize: '20',
    status: 'STATUS_ERROR',
    startTime: '2026-11-24T10:00:00Z',
    query: 'a&b',
  });
  expect(request.body).toBeUndefined();
});

test('fields of the path are percent-encoded, also before a custom verb, and left out of the body', () => {
  const message = create(revokeApiKey.input, { project: 'a/b', apiKey: 'key 1' });
  expect(httpRequestOf(revokeApiKey, routeOf(revokeApiKey)!, message)).toEqual({
    method: 'POST',
    path: '/api/v1/projects/a%2Fb/apiKeys/key%201:revoke',
    body: '{}',
    contentType: 'application/json',
  });
});

test('an empty field of the path is refused before anything is sent', () => {
  const message = create(createApiKey.input, { displayName: 'ci' });
  expect(() => httpRequestOf(createApiKey, routeOf(createApiKey)!, message)).toThrow('createApiKey needs "project"');
});

test('a file is the body as it is; a number of the path may be 0', () => {
  const { writeUpload } = UploadService.method;
  const data = new Uint8Array([1, 2]);
  const message = create(writeUpload.input, { project: 'p', upload: 'upl_1', body: { contentType: 'text/csv', data } });
  expect(httpRequestOf(writeUpload, routeOf(writeUpload)!, message)).toEqual({
    method: 'PUT',
    path: '/api/v1/projects/p/uploads/upl_1/parts/0',
    body: data,
    contentType: 'text/csv',
  });
});
