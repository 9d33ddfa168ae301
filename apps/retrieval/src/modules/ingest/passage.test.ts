import { expect, test } from 'vitest';
import { passageOf, titleOfName } from './passage.ts';

const chunk = { headingPath: ['Guide', 'Install'], prefix: '', text: 'Run it.' };

test('a passage begins with its title and headings, once', () => {
  expect(passageOf('Manual', chunk)).toBe('Manual > Guide > Install\nRun it.');
  expect(passageOf('Guide', chunk)).toBe('Guide > Install\nRun it.');
  expect(passageOf('', { ...chunk, headingPath: [], prefix: '| a |\n' })).toBe('| a |\nRun it.');
});

test('of long headings the nearest are kept, so that the text fits', () => {
  const [header] = passageOf('T'.repeat(200), chunk).split('\n');
  expect(header!.length).toBeLessThanOrEqual(160);
  expect(header).toContain('Install');
});

test('file names are read as words', () => {
  expect(titleOfName('hr/vacation_policy-2026.pdf')).toBe('vacation policy 2026');
  expect(titleOfName('Zinc and COVID-19')).toBe('Zinc and COVID 19');
});
