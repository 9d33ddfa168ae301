import { expect, test } from 'vitest';
import { fromUnknown } from './from-unknown.ts';
import { AppError, fromServiceError, httpStatusOf, toOpenAiError, toProblem, toServiceError } from './index.ts';

const full = new AppError({
  code: 'data.row_invalid',
  category: 'invalid',
  message: 'rows[3].age: expected a number.',
  fields: [{ field: 'rows[3].age', message: 'expected a number' }],
  param: 'rows',
  retryAfterMs: 5,
});

test('an error crosses gRPC whole', () => {
  const sent = toServiceError(full) as never;
  const { code, category, message, fields, param, retryAfterMs } = fromServiceError(sent, 'data');
  expect({ code, category, message, fields, param, retryAfterMs }).toEqual({
    code: full.code,
    category: full.category,
    message: full.message,
    fields: full.fields,
    param: full.param,
    retryAfterMs: full.retryAfterMs,
  });
});

test('what is not an AppError says nothing of itself, in any form', () => {
  const leak = new Error('password=hunter2');
  const forms = [toProblem(leak, 'req_1'), toOpenAiError(leak, 'req_1'), toServiceError(leak).details];
  expect(JSON.stringify(forms)).not.toContain('hunter2');
  expect(JSON.stringify(forms.slice(0, 2))).toContain('req_1');
});

test('each category has its HTTP status', () => {
  const categories = [
    'invalid',
    'unauthenticated',
    'forbidden',
    'not_found',
    'conflict',
    'exhausted',
    'unavailable',
    'internal',
  ] as const;
  expect(categories.map(httpStatusOf)).toEqual([400, 401, 403, 404, 409, 429, 503, 500]);
});

test.each(['22021', '22P05'])('a text that Postgres cannot hold (%s) is the fault of the request', (code) => {
  const wrapped = new Error('Failed query', { cause: Object.assign(new Error('secret row'), { code }) });
  expect(fromUnknown(wrapped)).toMatchObject({ code: 'platform.invalid_argument', category: 'invalid' });
  expect(toServiceError(fromUnknown(wrapped)).details).not.toContain('secret row');
  const other = new Error('Failed query', { cause: Object.assign(new Error('x'), { code: '23505' }) });
  expect(fromUnknown(other)).toBe(other);
});
