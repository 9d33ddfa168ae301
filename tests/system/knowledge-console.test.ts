import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '@llmops/testing';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allReady, baseUrl, chatModel, credentials, projectId, rest } from './support/platform.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
/** Set to keep pictures of every page, light and dark, wide and narrow. */
const screenshots = process.env['LLMOPS_SCREENSHOTS'];
const handbook = join(import.meta.dirname, '../../apps/retrieval/fixtures/parsing/handbook.pdf');

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

const consoleUrl = `${baseUrl}/p/${projectId}`;
const knowledgeBases = `/projects/${projectId}/knowledgeBases`;

interface Listed {
  id: string;
}

describe.skipIf(!executablePath)('knowledge in the console', () => {
  let browser: Browser;
  let knowledgeBase: string;
  let document: string;

  beforeAll(async () => {
    await allReady();
    browser = await chromium.launch({ executablePath: executablePath!, args: flags });
  });
  afterAll(async () => {
    await browser?.close();
    if (knowledgeBase) {
      await fetch(`${baseUrl}/api/v1${knowledgeBases}/${knowledgeBase}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${credentials.apiKey}` },
      });
    }
  });

  async function open(width: number, colorScheme: 'light' | 'dark'): Promise<{ page: Page; problems: string[] }> {
    const context = await browser.newContext({ viewport: { width, height: 860 }, colorScheme });
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    await page.goto(`${baseUrl}/`);
    await page.getByLabel('Email').fill(credentials.email);
    await page.getByLabel('Password').fill(credentials.password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    // What the sign-in page was told before there was a session.
    problems.length = 0;
    return { page, problems };
  }

  test('a PDF is dropped, becomes searchable, is asked, and the citation leads to the marked place on its page', async () => {
    const { page, problems } = await open(1280, 'light');
    const name = `Handbook ${Date.now().toString(36)}`;
    await page.goto(`${consoleUrl}/knowledge`);
    await page.getByRole('button', { name: 'Create knowledge base' }).click();
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByLabel('all-MiniLM-L6-v2').check();
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('heading', { name }).waitFor();
    knowledgeBase = page.url().match(/kb_\w+/)![0];

    await dropFile(page, handbook, 'handbook.pdf', 'application/pdf');
    await page.getByRole('row', { name: /Operations handbook.*Searchable/ }).waitFor({ timeout: 60_000 });

    await page.goto(`${consoleUrl}/playground`);
    await page.getByLabel('Model').selectOption(chatModel);
    await page.getByLabel('Answer from').selectOption(knowledgeBase);
    // The small model may go on for long, and what is said is of no matter here.
    await page.getByLabel('Max tokens').fill('48');
    await page.getByLabel('Message').fill('How long are backups kept?');
    await page.getByRole('button', { name: 'Send' }).click();
    const source = page.getByRole('list', { name: 'Sources' }).getByRole('link').first();
    await source.click({ timeout: 90_000 });

    const image = page.getByRole('img', { name: 'Page 1 of handbook.pdf' });
    await image.waitFor();
    await until(() => image.evaluate((element: HTMLImageElement) => element.complete && element.naturalWidth > 0));
    const marked = page.locator('[data-highlight]');
    await marked.first().waitFor();
    const [box, paper] = [await marked.first().boundingBox(), await image.boundingBox()];
    expect(box!.width).toBeGreaterThan(10);
    expect(box!.x).toBeGreaterThanOrEqual(paper!.x);
    expect(box!.y + box!.height).toBeLessThanOrEqual(paper!.y + paper!.height);
    // The chunks of the passage are the ones that the list points at.
    expect(await page.getByRole('list', { name: 'Chunks' }).locator('[aria-current]').count()).toBeGreaterThan(0);
    document = page.url().match(/doc_\w+/)![0];

    await page.getByText('Text', { exact: true }).click();
    await page.locator('mark[data-highlight]').first().waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('the search lab shows each arm beside the final order, and a result leads to its passage', async () => {
    const { page, problems } = await open(1280, 'dark');
    await page.goto(`${consoleUrl}/knowledge/${knowledgeBase}?tab=search`);
    await page.getByLabel('Query').fill('how many streams stay open');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.getByRole('img', { name: 'Where each result stands in each ranking' }).waitFor();
    const first = page.getByRole('list', { name: 'Results' }).getByRole('link').first();
    expect(await first.textContent()).toContain('MAX_STREAMS');
    // An arm that is turned off has no part.
    await page.getByRole('button', { name: 'all-minilm-l6-v2' }).click();
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await expect.poll(() => page.getByText('all-minilm-l6-v2 #').count()).toBe(0);
    await first.click();
    await page.waitForURL(/documents\/doc_\w+\?start=\d+&end=\d+/);
    await page.locator('[data-highlight]').first().waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('an index is built beside the live one, measured, activated, and rolled back', async () => {
    const { page, problems } = await open(1280, 'light');
    await page.goto(`${consoleUrl}/knowledge/${knowledgeBase}?tab=versions`);
    await page.getByRole('button', { name: 'Build version' }).click();
    await page.getByLabel('Chunk tokens').fill('64');
    await page.getByRole('button', { name: 'Build', exact: true }).click();
    await page.getByRole('button', { name: 'Activate v2' }).click({ timeout: 60_000 });
    const version = (name: string) => page.getByRole('listitem', { name, exact: true });
    await version('v2').getByText('Live', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Measure recall of v2' }).click();
    await version('v2').getByText('Measured recall').waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Roll back to v1' }).click();
    await version('v1').getByText('Live', { exact: true }).waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('a file that cannot be read says why, and is deleted', async () => {
    const { page, problems } = await open(1280, 'light');
    await page.goto(`${consoleUrl}/knowledge/${knowledgeBase}`);
    const locked = join(handbook, '../libreoffice-writer-password.pdf');
    await page.locator('input[type=file]').setInputFiles(locked);
    const row = page.getByRole('row', { name: /Failed/ });
    await row.waitFor({ timeout: 60_000 });
    expect(await row.textContent()).toMatch(/password/i);
    await row.getByRole('link').click();
    await page.getByRole('button', { name: 'Read it again' }).waitFor();
    expect(await page.getByRole('alert').textContent()).toMatch(/password/i);
    await page.goBack();
    await page.getByRole('button', { name: 'Delete libreoffice-writer-password.pdf' }).click();
    await page.getByRole('button', { name: 'Delete document' }).click();
    await row.waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('a file of several parts arrives whole', async () => {
    const { page, problems } = await open(1280, 'light');
    await page.goto(`${consoleUrl}/knowledge/${knowledgeBase}`);
    const line = 'A line of a long log, which nobody asks about.\n';
    const buffer = Buffer.from(line.repeat(Math.ceil((4 << 20) / line.length) + 1_000));
    await page.locator('input[type=file]').setInputFiles({ name: 'long.log', mimeType: 'text/plain', buffer });
    await page.getByRole('region', { name: 'Uploads' }).getByText('Uploaded', { exact: true }).first().waitFor();
    const listed = await rest(`${knowledgeBases}/${knowledgeBase}/documents?query=long.log`);
    const [long] = listed.json['documents'] as (Listed & { sizeBytes: string })[];
    expect(Number(long!.sizeBytes)).toBe(buffer.length);
    await page.getByRole('button', { name: 'Delete long.log' }).click();
    await page.getByRole('button', { name: 'Delete document' }).click();
    await page.getByRole('button', { name: 'Delete long.log' }).waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test.each([
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const)('every page at %i px, %s: no error, nothing wider than the window', async (width, scheme) => {
    const { page, problems } = await open(width, scheme);
    const self = `knowledge/${knowledgeBase}`;
    const pages = {
      'knowledge-list': 'knowledge',
      'knowledge-documents': self,
      'knowledge-failed': `${self}?state=failed`,
      'knowledge-search': `${self}?tab=search&q=retention+of+traces`,
      'knowledge-versions': `${self}?tab=versions`,
      'knowledge-settings': `${self}?tab=settings`,
      'knowledge-document': `${self}/documents/${document}?start=0&end=200&page=1`,
      'knowledge-missing': `${self}/documents/doc_00000000000000000000000000`,
    };
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(`${consoleUrl}/${path}`);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page.waitForLoadState('networkidle').catch(() => {});
      const overflow = await page.evaluate(() => window.document.documentElement.scrollWidth - window.innerWidth);
      expect([name, overflow <= 0]).toEqual([name, true]);
      if (name === 'knowledge-missing') {
        await page.getByRole('alert').waitFor();
        // The browser's own word for the 404 that was asked for.
        expect(problems.filter((problem) => !problem.includes('404'))).toEqual([]);
        problems.length = 0;
      }
      if (screenshots) {
        await mkdir(screenshots, { recursive: true });
        await page.screenshot({ path: join(screenshots, `${name}-${width}-${scheme}.png`) });
      }
    }
    expect(problems).toEqual([]);
    await page.context().close();
  });
});

/** As a hand would, from the desktop. */
async function dropFile(page: Page, path: string, name: string, type: string): Promise<void> {
  const base64 = (await readFile(path)).toString('base64');
  const transfer = await page.evaluateHandle(
    ([text, fileName, mediaType]) => {
      const bytes = Uint8Array.from(atob(text!), (char) => char.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], fileName!, { type: mediaType! }));
      return data;
    },
    [base64, name, type],
  );
  const target = page.getByText('No documents yet');
  await target.dispatchEvent('dragover', { dataTransfer: transfer });
  await target.dispatchEvent('drop', { dataTransfer: transfer });
}
