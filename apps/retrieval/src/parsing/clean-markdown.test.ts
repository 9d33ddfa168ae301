import { expect, test } from 'vitest';
import { cleanMarkdown } from './clean-markdown.ts';

test('front matter becomes metadata and leaves the text', () => {
  expect(cleanMarkdown('---\ntitle: "A guide"\ntags: [a]\nlist:\n  - x\n---\n# Guide\n')).toEqual({
    text: '# Guide\n',
    metadata: { title: 'A guide', tags: '[a]' },
  });
  expect(cleanMarkdown('---\n\nA rule above.\n').text).toBe('---\n\nA rule above.\n');
});

test('block tags go, the title of a tab stays, and code is left alone', () => {
  const code = '```liquid\n{% if x %}\n```';
  const source = `{% tabs %}\n{% tab title="Go" %}\n${code}\n{% endtab %}\n{% endtabs %}\nUse {% raw %} here.`;
  expect(cleanMarkdown(source).text).toBe(`\n\nGo:\n\n${code}\n\n\nUse {% raw %} here.`);
});
