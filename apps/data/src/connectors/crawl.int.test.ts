import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { isFailed } from './connector.ts';
import { type CrawlOptions, crawlConnector } from './crawl.ts';

type Pages = Record<string, { status?: number; type?: string; body?: string; location?: string; cut?: boolean }>;

let server: Server;
let base: string;
let pages: Pages;
let asked: string[];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url!);
    const page = request.url!.startsWith('/trap') ? trapAt(request.url!) : pages[request.url!];
    const { status = page ? 200 : 404, type = 'text/html', body = '', location, cut } = page ?? {};
    if (cut) {
      response.writeHead(status, { 'content-type': type, 'content-length': 1_000 }).write(body);
      return setTimeout(() => response.destroy(), 5);
    }
    return response.writeHead(status, { 'content-type': type, ...(location ? { location } : {}) }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
});

/** A calendar without end, none of whose pages counts. */
const trapAt = (url: string): Pages[string] => ({
  body: `<meta name="robots" content="noindex">${link(...[1, 2, 3].map((n) => `${url}/${n}`))}`,
});

let sawAll: boolean;

async function crawl(options: Partial<CrawlOptions> = {}, allowsPrivate = true) {
  const all = { startUrls: [`${base}/`], maxDepth: 5, maxPages: 100, allowHosts: [], delayMs: 1, ...options };
  const connector = crawlConnector(all, { allowsPrivate }, () => true);
  const found: Record<string, string> = {};
  try {
    for await (const item of connector.items(new AbortController().signal)) {
      found[item.path.replace(base, '')] = isFailed(item) ? `! ${item.error}` : (item.title ?? item.mediaType!);
    }
  } finally {
    sawAll = connector.sawAll!();
    await connector.close!();
  }
  return found;
}

const link = (...targets: string[]) => targets.map((target) => `<a href="${target}">x</a>`).join('');

test('links are followed within the host, each page once, as deep as asked', async () => {
  pages = {
    '/': { body: `<title>Home</title>${link('/a', '/a#part', '/loop', 'http://elsewhere.invalid/', '/file.txt')}` },
    '/a': { body: `<title>A</title>${link('/', '/deep')}` },
    '/deep': { body: '<title>Deep</title>' },
    '/loop': { body: `<title>Loop</title>${link('/loop?n=1')}` },
    '/file.txt': { type: 'text/plain', body: 'text' },
  };
  expect(await crawl({ maxDepth: 1 })).toEqual({ '/': 'Home', '/a': 'A', '/loop': 'Loop', '/file.txt': 'text/plain' });
  expect(asked.filter((path) => path === '/a')).toHaveLength(1);
  expect(Object.keys(await crawl())).toContain('/deep');
  expect(Object.keys(await crawl({ maxPages: 2 }))).toHaveLength(2);
});

test('robots.txt, noindex and nofollow are kept to', async () => {
  pages = {
    '/robots.txt': { type: 'text/plain', body: 'User-agent: *\nDisallow: /private' },
    '/': { body: `<title>Home</title>${link('/private/x', '/hidden')}<a rel="nofollow" href="/not">x</a>` },
    '/private/x': { body: 'secret' },
    '/hidden': { body: `<meta name="robots" content="noindex"><title>Hidden</title>${link('/b')}` },
    '/b': { body: '<title>B</title>' },
    '/not': { body: 'not' },
  };
  expect(await crawl()).toEqual({ '/': 'Home', '/b': 'B' });
  expect(asked).not.toContain('/private/x');
  expect(asked).not.toContain('/not');
});

test('a page that fails is told and the others are read; a site that is away is no empty site', async () => {
  pages = { '/': { body: `<title>Home</title>${link('/broken', '/gone')}` }, '/broken': { status: 500 } };
  expect(await crawl()).toEqual({ '/': 'Home', '/broken': '! answered 500' });
  pages = { '/': { status: 503 } };
  await expect(crawl()).rejects.toMatchObject({ code: 'data.origin_failed' });
  pages = { '/robots.txt': { status: 500 }, '/': { body: 'x' } };
  await expect(crawl()).rejects.toMatchObject({ code: 'data.origin_failed' });
});

test('a page that breaks off is a failed page, not the end of the crawl', async () => {
  pages = {
    '/': { body: `<title>Home</title>${link('/cut', '/after')}` },
    '/cut': { body: 'half', cut: true },
    '/after': { body: '<title>After</title>' },
  };
  const found = await crawl();
  expect(found).toMatchObject({ '/': 'Home', '/after': 'After' });
  expect(found['/cut']).toMatch(/^! /);
  expect(sawAll).toBe(false);
});

test('what only a page leads to that did not answer may be there still; one that is gone or forbidden leads nowhere', async () => {
  pages = { '/': { body: `<title>Home</title>${link('/hub', '/gone', '/forbidden')}` }, '/forbidden': { status: 403 } };
  await crawl();
  expect(sawAll).toBe(true);
  pages['/hub'] = { status: 503 };
  await crawl();
  expect(sawAll).toBe(false);
});

test('links without end come to an end', async () => {
  pages = {};
  expect(await crawl({ startUrls: [`${base}/trap`], maxDepth: 20, maxPages: 1 })).toEqual({});
  expect(asked.length).toBeLessThan(1_030);
});

test('a redirect to another host is not followed, nor is one round and round', async () => {
  pages = {
    '/': { body: `<title>Home</title>${link('/away', '/round')}` },
    '/away': { status: 302, location: 'http://169.254.169.254/latest/meta-data/' },
    '/round': { status: 302, location: '/round' },
  };
  const found = await crawl();
  expect(found['/away']).toContain('leads away');
  expect(found['/round']).toContain('more than 5 redirects');
});

test.each([
  'http://127.0.0.1:1/',
  'http://[::1]:1/',
  'http://localhost:1/',
  'http://0x7f000001:1/',
  'http://10.0.0.1/',
  'http://[::ffff:192.168.0.1]/',
])('without leave no private address is reached: %s', async (url) => {
  await expect(crawl({ startUrls: [url] }, false)).rejects.toMatchObject({ code: 'data.origin_forbidden' });
});

test.each(['http://169.254.169.254/', 'http://metadata.google.internal/', 'http://[fd00:ec2::254]/'])(
  'an address that gives out credentials is never reached: %s',
  async (url) => {
    await expect(crawl({ startUrls: [url] })).rejects.toMatchObject({ code: 'data.origin_forbidden' });
  },
);
