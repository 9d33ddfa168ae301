import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { baseUrl, credentials } from './platform.ts';

export const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);
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

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: executablePath!, args: flags });

type Session = Awaited<ReturnType<BrowserContext['storageState']>>;

const looks = [
  { width: 1280, scheme: 'light' },
  { width: 1280, scheme: 'dark' },
  { width: 390, scheme: 'dark' },
  { width: 390, scheme: 'light' },
] as const;

/** A page of its own, and what goes wrong on it. */
export async function openPage(browser: Browser, session?: Session): Promise<{ page: Page; problems: string[] }> {
  const context = await browser.newContext({
    viewport: { width: looks[0].width, height: 860 },
    colorScheme: looks[0].scheme,
    // So that a picture shows no state in between.
    reducedMotion: 'reduce',
    ...(session && { storageState: session }),
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  return { page, problems };
}

/** Signs in by the form; the session serves other pages too. */
export async function signInByForm(page: Page): Promise<Session> {
  await page.goto(`${baseUrl}/`);
  await page.getByLabel('Email').fill(credentials.email);
  await page.getByLabel('Password').fill(credentials.password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  return page.context().storageState();
}

/** A picture of what is seen, when they are kept. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!screenshots) return;
  await mkdir(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${name}.png`) });
}

/** In every look, nothing is wider than the window; a picture of each. */
export async function expectFits(page: Page, name: string): Promise<void> {
  // Until nothing on it loads.
  await page.waitForFunction(() => !document.querySelector('main .animate-pulse'));
  for (const { width, scheme } of looks) {
    await page.setViewportSize({ width, height: 860 });
    await page.emulateMedia({ colorScheme: scheme });
    // Once the page has been drawn anew.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect([name, width, overflow <= 0]).toEqual([name, width, true]);
    await picture(page, `${name}-${width}-${scheme}`);
  }
  await page.setViewportSize({ width: looks[0].width, height: 860 });
  await page.emulateMedia({ colorScheme: looks[0].scheme });
}
