import { create } from '@bufbuild/protobuf';
import { SourceConfigSchema } from '@llmops/contracts/data/v1/source';
import { expect, test } from 'vitest';
import { configOf, emptySource, scheduleText, sourceKindNames, sourceKinds } from './source-form.ts';

test('a form says the settings of its kind, and only those', () => {
  const values = { startUrls: 'https://a.example\nhttps://b.example', maxDepth: '2', path: '/left/from/before' };
  expect(configOf({ ...emptySource, kind: 'crawl', values, include: '*.html, *.md' }, [])).toEqual({
    include: ['*.html', '*.md'],
    exclude: [],
    kind: { case: 'crawl', value: { startUrls: ['https://a.example', 'https://b.example'], maxDepth: 2 } },
  });
  expect(configOf(emptySource, ['upl_1']).kind).toEqual({ case: 'upload', value: { uploads: ['upl_1'] } });
});

test('every field that can be filled in is one of its message', () => {
  for (const kind of sourceKindNames) {
    const values = Object.fromEntries(sourceKinds[kind].fields.map(({ key }) => [key, '7']));
    const config = create(SourceConfigSchema, configOf({ ...emptySource, kind, values }, []));
    for (const { key } of sourceKinds[kind].fields) expect(config.kind.value).toHaveProperty(key);
    const known = SourceConfigSchema.fields.find(({ localName }) => localName === kind)!.message!.fields;
    const names = known.map(({ localName }) => localName);
    expect(names).toEqual(expect.arrayContaining(sourceKinds[kind].fields.map(({ key }) => key)));
  }
});

test('a schedule that is none of those offered is said in minutes', () => {
  expect([0, 60, 45].map(scheduleText)).toEqual(['By hand only', 'Every hour', 'Every 45 minutes']);
});
