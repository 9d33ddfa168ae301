import { services } from '@llmops/contracts';
import { Role } from '@llmops/contracts/options/v1/options';
import { expect, test } from 'vitest';
import { readRequest } from './read-request.ts';
import { RouteTable } from './route-table.ts';

const table = new RouteTable(services);

function read(verb: string, url: string, body?: string) {
  const [path = '', query = ''] = url.split('?');
  return readRequest(
    table.match(verb, path)!,
    new URLSearchParams(query),
    body === undefined ? undefined : { contentType: 'application/json', bytes: Buffer.from(body) },
  );
}

test('path, query and body fill the request in their JSON forms', () => {
  expect(
    read(
      'GET',
      '/api/v1/projects/p/traces?pageSize=5&status=STATUS_ERROR&startTime=2026-01-02T03:04:05Z&minDurationMs=1.5',
    ),
  ).toMatchObject({
    project: 'p',
    pageSize: 5,
    status: 2,
    minDurationMs: 1.5,
    startTime: { seconds: 1767323045n },
  });
  expect(read('POST', '/api/v1/projects/p/apiKeys', '{"displayName":"k","role":"ROLE_VIEWER"}')).toMatchObject({
    project: 'p',
    displayName: 'k',
    role: Role.VIEWER,
  });
});

test('the path wins over a body that names another project', () => {
  expect(read('POST', '/api/v1/projects/mine/apiKeys', '{"project":"theirs","displayName":"k"}')).toMatchObject({
    project: 'mine',
  });
});

test.each([
  ['GET', '/api/v1/projects/p/traces?pageSize=many', undefined, 'page_size'],
  ['GET', '/api/v1/projects/p/traces?status=GREAT', undefined, 'status'],
  ['GET', '/api/v1/projects/p/traces?startTime=yesterday', undefined, 'start_time'],
  ['GET', '/api/v1/projects/p/traces?nope=1', undefined, 'nope'],
  ['POST', '/api/v1/projects/p/apiKeys', '{"displayName":7}', 'display_name'],
  ['POST', '/api/v1/projects/p/apiKeys', '{"nope":7}', 'nope'],
])('%s %s %s names the field at fault', (verb, url, body, field) => {
  expect(() => read(verb, url, body)).toThrow(
    expect.objectContaining({ category: 'invalid', fields: [expect.objectContaining({ field })] }),
  );
});

test.each(['{"a":', '[]', '7', '"text"', '['.repeat(1000)])('a body that is no JSON object is refused: %s', (body) => {
  expect(() => read('POST', '/api/v1/projects/p/apiKeys', body)).toThrow(
    expect.objectContaining({ category: 'invalid' }),
  );
});

test.each([
  ['POST', '/api/v1/projects/p/apiKeys', '{"displayName":"a\\u0000b"}', 'displayName'],
  ['GET', '/api/v1/projects/p/traces?search=%00', undefined, 'search'],
  ['GET', '/api/v1/projects/p%00/apiKeys', undefined, 'project'],
])('NUL in %s %s is refused with its field', (verb, url, body, field) => {
  expect(() => read(verb, url, body)).toThrow(
    expect.objectContaining({ fields: [expect.objectContaining({ field })] }),
  );
});

test('a file is the body itself, whatever its type; the rest comes from path and query', () => {
  const url = '/api/v1/projects/p/knowledgeBases/kb_1/documents:upload?displayName=a.pdf&acl=group:hr';
  const [path = '', query = ''] = url.split('?');
  const bytes = Buffer.from([0, 255, 123]);
  const body = { contentType: 'application/pdf', bytes };
  expect(readRequest(table.match('POST', path)!, new URLSearchParams(query), body)).toMatchObject({
    project: 'p',
    knowledgeBase: 'kb_1',
    displayName: 'a.pdf',
    acl: ['group:hr'],
    body: { contentType: 'application/pdf', data: bytes },
  });
});
