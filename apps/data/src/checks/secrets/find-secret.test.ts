import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { findSecret } from './find-secret.ts';
import { secretRules } from './secret-rules.ts';

// Put together here, so that scanners of this repository stay quiet.
const secrets: [string, string][] = [
  ['github-pat', ['ghp', '9xK2mQ7vLpR4sT8wZ1yB3nC6dF5gH0jA2eUi'].join('_')],
  ['aws-access-token', ['AKIA', 'Y3FDSNDKFKSIDJSW'].join('')],
  ['slack-bot-token', ['xoxb', '781236542736', '2364535789652', 'GkwFDQoHqzXDVsC6GzqYUypD'].join('-')],
  ['generic-api-key', `api_key = "${['8f2k9d7m3n1p', '5q6r4s8t0u2v'].join('')}"`],
];

describe('a secret', () => {
  it.each(secrets)('of rule %s is found in prose', (rule, secret) => {
    expect(findSecret(`Here you are: ${secret} and nothing else.`)?.rule).toBe(rule);
  });

  it.each([
    'The key to success is access to good tokens and a secret.',
    'password: {{ db_password }}',
    'token = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"',
    'AKIAIOSFODNN7EXAMPLE',
    'api_version=2024_01_01_preview',
  ])('is not seen in %j', (text) => expect(findSecret(text)).toBeUndefined());

  it('has a pattern that RE2 takes, in every rule', () => {
    for (const { id, pattern, allowedSecrets = [], allowedMatches = [] } of secretRules.rules) {
      for (const each of [pattern, ...allowedSecrets, ...allowedMatches]) {
        expect(() => RE2JS.compile(each), id).not.toThrow();
      }
    }
    expect(secretRules.rules.length).toBeGreaterThan(200);
  });
});
