import { expect, test } from 'vitest';
import { openAiErrorBody, openAiErrorType, parseErrorBody } from './error-body.ts';
import { readRetryAfterMs } from './retry-after.ts';

test.each([
  [400, 'invalid_request_error'],
  [401, 'authentication_error'],
  [403, 'permission_error'],
  [404, 'not_found_error'],
  [413, 'invalid_request_error'],
  [429, 'rate_limit_error'],
  [500, 'server_error'],
  [502, 'server_error'],
  [503, 'service_unavailable_error'],
])('status %i is a %s', (status, type) => expect(openAiErrorType(status)).toBe(type));

test('param and code are there even when null', () => {
  expect(openAiErrorBody({ message: 'm', type: 'server_error' })).toEqual({
    error: { message: 'm', type: 'server_error', param: null, code: null },
  });
});

test.each([
  ['{"error":{"message":"m","type":"t","param":"p","code":"c"}}', { message: 'm', type: 't', param: 'p', code: 'c' }],
  ['{"error":"model not found"}', { message: 'model not found', type: 'not_found_error' }],
  ['{"object":"error","message":"m","type":"NotFoundError","code":404}', { message: 'm', type: 'not_found_error' }],
  ['{"detail":"Not Found"}', { message: 'Not Found' }],
  ['{"detail":[{"loc":["body"],"msg":"Field required"}]}', { message: 'Field required' }],
  ['[{"error":{"code":404,"message":"m","status":"NOT_FOUND"}}]', { message: 'm', code: 'NOT_FOUND' }],
  ['<h1>Not found</h1>', { message: '<h1>Not found</h1>' }],
  ['', { message: 'The upstream answered with status 404 and no body.' }],
  ['null', { message: 'null', type: 'not_found_error' }],
])('an upstream that says %s is understood', (text, error) => {
  expect(parseErrorBody(404, text).error).toMatchObject(error);
});

test('the wait asked for is read from seconds, milliseconds and dates', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  expect(readRetryAfterMs({ 'retry-after': '2' })).toBe(2000);
  expect(readRetryAfterMs({ 'retry-after': '2', 'retry-after-ms': '150' })).toBe(150);
  expect(readRetryAfterMs({ 'retry-after': 'Thu, 01 Jan 2026 00:00:10 GMT' }, now)).toBe(10_000);
  expect(readRetryAfterMs({ 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }, now)).toBe(0);
  expect(readRetryAfterMs({ 'retry-after': 'soon' })).toBeUndefined();
  expect(readRetryAfterMs({})).toBeUndefined();
});
