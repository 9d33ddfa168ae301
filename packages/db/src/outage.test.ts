import { expect, test } from 'vitest';
import { isOutage } from './outage.ts';

const withCode = (code: string) => Object.assign(new Error('x'), { code });

test.each(['ECONNREFUSED', 'EAI_AGAIN', '57P03', '53100', '53300', '08006', '25006', '58030'])(
  '%s says that the database is away, also behind a cause',
  (code) => {
    expect(isOutage(withCode(code))).toBe(true);
    expect(isOutage(new Error('Failed query', { cause: withCode(code) }))).toBe(true);
  },
);

test.each(['23505', '22021', '57014', '42P01'])('%s is the fault of the work', (code) => {
  expect(isOutage(withCode(code))).toBe(false);
});
