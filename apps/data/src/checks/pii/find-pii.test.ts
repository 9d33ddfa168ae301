import { describe, expect, it } from 'vitest';
import { findPii, type PiiType } from './find-pii.ts';

const found = (text: string) => findPii(text).map(({ type, value }) => [type, value]);

const right: [PiiType, string][] = [
  ['email', "o'brien+news@mail.example.co.uk"],
  ['email', 'jörg@müller.example'],
  ['iban', 'GB82 WEST 1234 5698 7654 32'],
  ['iban', 'de89370400440532013000'],
  ['credit_card', '4111 1111 1111 1111'],
  ['credit_card', '378282246310005'],
  ['us_ssn', '078-05-1120'],
  ['ip_address', '203.0.113.9'],
  ['ip_address', '2001:db8::8a2e:370:7334'],
  ['br_cpf', '529.982.247-25'],
  ['es_dni', '12345678Z'],
  ['fr_nir', '2 55 08 14 168 025 38'],
  ['in_aadhaar', '2341 2341 2346'],
  ['uk_nhs', '943 476 5919'],
  ['phone', '+44 7700 900123'],
  ['phone', '(555) 123-4567'],
  ['phone', '01.84.17.61.18'],
];

const wrong: string[] = [
  'not@home',
  'GB82 WEST 1234 5698 7654 33',
  '4111 1111 1111 1112',
  '1111111111111111',
  '000-12-3456',
  '127.0.0.1',
  '999.1.1.1',
  '12:30:45',
  '529.982.247-26',
  '12345678A',
  '2341 2341 2347',
  '2024-03-15',
  '15.03.2024',
  'version 1.2.30.4567',
  '$1,234,567.89',
  '12345678901234567',
  'rows 100 200',
];

describe('personal data', () => {
  it.each(right)('of kind %s is found: %s', (type, value) => {
    expect(found(`Please use ${value}, thanks.`)).toEqual([[type, value]]);
  });

  it.each(wrong)('is not what only looks like it: %s', (value) => {
    expect(found(`Please use ${value} thanks.`)).toEqual([]);
  });

  it('is found where several stand, each once and in order', () => {
    expect(found('Call 905-674-3793 or mail a@b.io about 4111111111111111')).toEqual([
      ['phone', '905-674-3793'],
      ['email', 'a@b.io'],
      ['credit_card', '4111111111111111'],
    ]);
  });

  it('needs a word beside it where digits stand alone', () => {
    expect(found('call 9498777106 now')).toEqual([['phone', '9498777106']]);
    expect(found('order 9498777106 now')).toEqual([]);
  });

  it('is looked for in linear time', () => {
    for (const text of ['1-'.repeat(50_000), 'a.'.repeat(50_000), `${'a'.repeat(99_999)}@`, ': '.repeat(50_000)]) {
      expect(findPii(`1 @ :: ${text}`)).toEqual([]);
    }
  });
});

it('is found in a text of nothing but addresses', () => {
  expect(findPii('a@b.co '.repeat(100_000))).toHaveLength(100_000);
});
