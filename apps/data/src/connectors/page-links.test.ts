import { expect, test } from 'vitest';
import { linksOf } from './page-links.ts';

const link = '<title>Home\n page</title><a href=" /a ">x</a>';

test('title, base, links and what robots are asked are read from broken markup too', () => {
  const html = `<base href="/docs/"><meta name=ROBOTS content="noindex, nofollow">${link}<a rel="nofollow" href=/b><p><li>`;
  expect(linksOf(Buffer.from(html))).toEqual({
    title: 'Home page',
    base: '/docs/',
    links: ['/a'],
    noIndex: true,
    noFollow: true,
  });
});

// A parser that keeps what is open takes hours for these.
test.each(['<div>', '<b>', '<li><ul>', '<svg><g>', '<table><tr><td>', '<title>', '<!--', '</p>'])(
  'a page of nothing but %s ends: its beginning is read',
  (unit) => {
    expect(linksOf(Buffer.from(link + unit.repeat(2_000_000))).links).toEqual(['/a']);
  },
);

test('links without measure are cut', () => {
  expect(linksOf(Buffer.from('<a href=x>'.repeat(200_000))).links).toHaveLength(50_000);
});

test('of ordinary pages, long and deep ones, everything is read', () => {
  const deep = '<div>'.repeat(300) + link + '</div>'.repeat(300);
  const html = `${deep.repeat(50)}<a href="/last">x</a>`;
  expect(linksOf(Buffer.from(html)).links.at(-1)).toBe('/last');
});
