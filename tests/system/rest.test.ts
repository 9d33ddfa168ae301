import { expect, test } from 'vitest';
import { apiKey, baseUrl, projectId, rest } from './support/platform.ts';

test('the OpenAPI document lists every route, and each $ref leads somewhere', async () => {
  const document = (await (await fetch(`${baseUrl}/api/v1/openapi.json`)).json()) as {
    openapi: string;
    paths: Record<string, object>;
    components: { schemas: Record<string, object> };
  };
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining(['/api/v1/projects/{project}/apiKeys', '/api/v1/me']),
  );
  const references = JSON.stringify(document).match(/#\/components\/schemas\/[\w.]+/g)!;
  for (const reference of new Set(references))
    expect(document.components.schemas).toHaveProperty([reference.split('/').at(-1)!]);
});

test('bad input is a problem that names the field', async () => {
  const keys = `/projects/${projectId}/apiKeys`;
  const cases: [string, unknown, string][] = [
    [keys, { displayName: '' }, 'display_name'],
    [keys, { displayName: 5 }, 'display_name'],
    [keys, { displayName: 'x', role: 'ROLE_KING' }, 'role'],
    [keys, { displayName: 'x', colour: 'red' }, 'colour'],
    [`${keys}?pageSize=many`, undefined, 'page_size'],
    [`${keys}?pageSize=-1`, undefined, 'page_size'],
    [`${keys}?colour=red`, undefined, 'colour'],
    [`${keys}?pageToken=made-up`, undefined, 'page_token'],
  ];
  for (const [path, body, field] of cases) {
    const { status, json } = await rest(path, body);
    expect([path, status, (json['fields'] as { field: string }[])[0]?.field]).toEqual([path, 400, field]);
    expect(json).toMatchObject({
      status: 400,
      code: 'platform.invalid_argument',
      requestId: expect.stringMatching(/^req_/),
    });
  }
});

test('invalid JSON, deep JSON and a large body are refused before they cost anything', async () => {
  const post = (body: string) =>
    fetch(`${baseUrl}/api/v1/projects/${projectId}/apiKeys`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body,
    });
  expect((await post('{"displayName": ')).status).toBe(400);
  expect((await post('['.repeat(100_000))).status).toBe(400);
  expect((await post('x'.repeat(64 << 20))).status).toBe(413);
});

test('a path or method that is not there says what is', async () => {
  const missing = await rest('/nothing');
  expect(missing).toMatchObject({ status: 404, json: { code: 'gateway.route_not_found' } });
  const wrongVerb = await fetch(`${baseUrl}/api/v1/projects/${projectId}/traces`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${apiKey}` },
  });
  expect(wrongVerb.status).toBe(404);
  expect(((await wrongVerb.json()) as { detail: string }).detail).toContain('GET');
});
