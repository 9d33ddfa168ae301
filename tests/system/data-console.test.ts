import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { executablePath, expectFits, launch, looks, openPage, signInByForm } from './support/browser.ts';
import { allReady, baseUrl, projectId } from './support/platform.ts';

const wide = looks[0]!;
const texts = [
  'The delivery came a day early and the box was whole.',
  'Support never answered, I want my money back.',
  'Write to ada.lovelace@example.com about the invoice.',
  'Fits well, the colour is as shown.',
  'Broke after two days of use.',
];
const csv = ['id,text,stars', ...texts.map((text, at) => `r${at + 1},"${text}",${at + 1}`)].join('\n');

describe.skipIf(!executablePath)('the data pages of the console in Chromium', () => {
  let browser: Browser;
  let session: Awaited<ReturnType<typeof signInByForm>>;
  /** Addresses of what the first test made. */
  const made = { dataset: '', queue: '' };

  beforeAll(async () => {
    await allReady();
    browser = await launch();
    const { page } = await openPage(browser, wide);
    session = await signInByForm(page);
    await page.context().close();
  });
  afterAll(() => browser?.close());

  const go = (page: Page, path: string) => page.goto(`${baseUrl}/p/${projectId}/${path}`);
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();

  test('a CSV file becomes a dataset; its rows are seen, measured, checked and edited, and the edit is seen again', async () => {
    const { page, problems } = await openPage(browser, wide, session);
    await go(page, 'datasets');
    await button(page, 'New dataset').click();
    const file = { name: 'reviews.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) };
    await page.locator('input[type=file]').setInputFiles(file);
    const preview = page.getByRole('region', { name: 'Preview' });
    await preview.getByText('CSV', { exact: true }).waitFor();
    await preview.getByText(texts[0]!).waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('reviews');
    await page.getByRole('group', { name: 'Key columns' }).getByLabel('id').check();
    await page.getByLabel('Splits').fill('train 60, test 40');
    await button(page, 'Import').click();

    await page.getByRole('link', { name: 'Version 1' }).click({ timeout: 60_000 });
    await page.getByRole('table', { name: 'Rows' }).getByText(texts[1]!).waitFor();
    made.dataset = new URL(page.url()).pathname.split('/').at(-3)!;
    await page.getByLabel('SQL condition').fill('stars >= 4');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByRole('table', { name: 'Rows' }).getByRole('row').count()).toBe(3);

    await page.getByRole('tab', { name: 'Profile' }).click();
    await page.getByRole('img', { name: 'stars: values' }).waitFor({ timeout: 60_000 });

    await page.getByRole('tab', { name: 'Validation' }).click();
    await button(page, 'Validate').click();
    const report = page.getByRole('region', { name: 'Report' });
    await report.getByText('Warnings').waitFor({ timeout: 60_000 });
    await report.getByRole('link', { name: 'Row 2' }).first().click();
    await page.getByRole('table', { name: 'Rows' }).getByText('ada.lovelace@example.com').click();

    await button(page, 'Edit').click();
    const row = page.getByLabel('Row as JSON');
    await row.fill((await row.inputValue()).replace('ada.lovelace@example.com', 'the office'));
    await button(page, 'Save as new version').click();
    await page.getByRole('link', { name: 'Version 2' }).click({ timeout: 60_000 });
    await page.getByRole('tab', { name: 'Diff' }).click();
    const changes = page.getByRole('list', { name: 'Changes' });
    await changes.locator('del', { hasText: 'ada.lovelace@example.com' }).waitFor();
    await changes.locator('ins', { hasText: 'Write to the office about' }).waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('rows are put into a queue, labelled by keys and published as a dataset', async () => {
    const { page, problems } = await openPage(browser, wide, session);
    const queueName = `Moods ${Date.now()}`;
    await go(page, 'annotation');
    await button(page, 'New queue').click();
    await page.getByLabel('Name').fill(queueName);
    await page.getByLabel('Values').fill('pleased\nangry');
    await button(page, 'Create queue').click();
    await button(page, 'Add items').click();
    await page.getByLabel('Dataset', { exact: true }).selectOption(made.dataset);
    await page.getByText('Version 2: 5 rows').waitFor();
    await button(page, 'Add').and(page.locator('[type=submit]')).click();
    await page.getByRole('table', { name: 'Items' }).getByText(texts[4]!).waitFor();
    made.queue = new URL(page.url()).pathname.split('/').at(-1)!;

    await page.getByRole('link', { name: 'Label' }).click();
    for (const [at, key] of ['1', '2', '2', '1'].entries()) {
      await page.getByText(`${at} of 5`).waitFor();
      await page.keyboard.press(key);
      await page.keyboard.press('Enter');
    }
    await page.getByText('4 of 5').waitFor();
    await page.keyboard.press('s');
    await page.getByText('Nothing left for you to label').waitFor();

    await page.getByRole('link', { name: 'Back to the queue' }).first().click();
    await button(page, 'Publish').click();
    await button(page, 'Publish').and(page.locator('[type=submit]')).click();
    await page.getByRole('link', { name: 'Open datasets' }).click({ timeout: 60_000 });
    await page.getByRole('link', { name: queueName }).click();
    await page.getByRole('link', { name: 'Version 1' }).click();
    await page.getByRole('table', { name: 'Rows' }).getByText('pleased').first().waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('files become a source, which is read at once and again when asked; a secret never shows its value', async () => {
    const { page, problems } = await openPage(browser, wide, session);
    await go(page, 'sources');
    await button(page, 'New source').click();
    await page.getByLabel('Name').fill(`Notes ${Date.now()}`);
    await page.locator('input[type=file]').setInputFiles([
      { name: 'one.md', mimeType: 'text/markdown', buffer: Buffer.from('# One') },
      { name: 'two.md', mimeType: 'text/markdown', buffer: Buffer.from('# Two') },
    ]);
    await button(page, 'Create and sync').click();
    const syncs = page.getByRole('table', { name: 'Syncs' });
    await syncs.getByText('Done').waitFor({ timeout: 60_000 });
    await syncs.getByRole('row').nth(1).click();
    await page.getByRole('table', { name: 'Items' }).getByText('two.md').waitFor();

    await go(page, 'secrets');
    await button(page, 'Create secret').click();
    const name = `token ${Date.now()}`;
    await page.getByLabel('Name').fill(name);
    await page.getByLabel('Value').fill('not-to-be-seen');
    await button(page, 'Create secret').and(page.locator('[type=submit]')).click();
    await page.getByRole('table', { name: 'Secrets' }).getByText(name).waitFor();
    expect(await page.content()).not.toContain('not-to-be-seen');
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test.each(looks)('every data page at $width px, $scheme: no error, nothing wider than the window', async (look) => {
    const { page, problems } = await openPage(browser, look, session);
    const version = `datasets/${made.dataset}/versions/2`;
    const pages: [name: string, path: string][] = [
      ['datasets', 'datasets'],
      ['dataset', `datasets/${made.dataset}`],
      ['rows', version],
      ['rows-json', `${version}?view=json`],
      ['profile', `${version}?tab=profile`],
      ['validation', `datasets/${made.dataset}/versions/1?tab=validation`],
      ['diff', `${version}?tab=diff`],
      ['compare', `${version}?tab=compare`],
      ['schema', `${version}?tab=schema`],
      ['suites', 'datasets?tab=suites'],
      ['suite-new', 'validation/new'],
      ['sources', 'sources'],
      ['annotation', 'annotation'],
      ['queue', `annotation/${made.queue}`],
      ['label', `annotation/${made.queue}/label`],
      ['agreement', `annotation/${made.queue}?tab=agreement`],
      ['secrets', 'secrets'],
    ];
    for (const [name, path] of pages) {
      await go(page, path);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await expectFits(page, name, look);
    }
    expect(problems).toEqual([]);
    await page.context().close();
  });
});
