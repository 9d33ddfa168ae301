import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allReady, baseUrl, chatModel, credentials, projectId } from './support/platform.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
/** Set to keep pictures of every page, light and dark, wide and narrow. */
const screenshots = process.env['LLMOPS_SCREENSHOTS'];

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

describe.skipIf(!executablePath)('the console in Chromium', () => {
  let browser: Browser;

  beforeAll(async () => {
    await allReady();
    browser = await chromium.launch({ executablePath: executablePath!, args: flags });
  });
  afterAll(() => browser?.close());

  async function open(width: number, colorScheme: 'light' | 'dark'): Promise<{ page: Page; problems: string[] }> {
    const context = await browser.newContext({ viewport: { width, height: 860 }, colorScheme });
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    return { page, problems };
  }

  async function signIn(page: Page): Promise<void> {
    await page.goto(`${baseUrl}/`);
    await page.getByLabel('Email').fill(credentials.email);
    await page.getByLabel('Password').fill(credentials.password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
  }

  test('sign in, chat, open the trace of that call, see its tokens and cost', async () => {
    const { page, problems } = await open(1280, 'light');
    await signIn(page);
    // What the sign-in page was told before there was a session.
    problems.length = 0;
    await page.goto(`${baseUrl}/p/${projectId}/playground`);
    await page.getByLabel('Model').selectOption(chatModel);
    await page.getByLabel('Message').fill('Say hello in one sentence.');
    // Enabled once the models are listed.
    await page.getByRole('button', { name: 'Send' }).click();
    const link = page.getByRole('link', { name: 'Open trace' });
    await link.waitFor({ timeout: 60_000 });
    await link.click();
    await page.getByText(`chat ${chatModel}`).first().waitFor({ timeout: 30_000 });
    const text = await page.locator('main').textContent();
    expect(text).toContain('Say hello in one sentence.');
    expect(text).toMatch(/tokens/i);
    expect(text).toMatch(/free/i);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('a wrong password says so and stays on the page', async () => {
    const { page } = await open(390, 'dark');
    await page.goto(`${baseUrl}/login`);
    await page.getByLabel('Email').fill(credentials.email);
    await page.getByLabel('Password').fill('wrong');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByRole('alert').first().textContent()).toContain('wrong');
    await page.context().close();
  });

  const pages = ['overview', 'traces', 'sessions', 'models', 'playground', 'keys'];

  test.each([
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const)('every page at %i px, %s: no error, nothing wider than the window', async (width, scheme) => {
    const { page, problems } = await open(width, scheme);
    await signIn(page);
    problems.length = 0;
    for (const name of pages) {
      await page.goto(`${baseUrl}/p/${projectId}/${name}`);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page.waitForLoadState('networkidle').catch(() => {});
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect([name, overflow <= 0]).toEqual([name, true]);
      if (screenshots) {
        await mkdir(screenshots, { recursive: true });
        await page.screenshot({ path: join(screenshots, `${name}-${width}-${scheme}.png`) });
      }
    }
    expect(problems).toEqual([]);
    await page.context().close();
  });
});
