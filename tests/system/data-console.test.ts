import { readFile } from 'node:fs/promises';
import { Job_State } from '@llmops/contracts/jobs/v1/job';
import { createLlmops } from '@llmops/sdk';
import { until } from '@llmops/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { executablePath, expectFits, launch, openPage, picture, signInByForm } from './support/browser.ts';
import { allReady, apiKey, baseUrl, projectId } from './support/platform.ts';

const llmops = createLlmops({ baseUrl, apiKey });
const project = projectId;
const texts = [
  'The delivery came a day early and the box was whole.',
  'Support never answered, I want my money back.',
  'Write to ada.lovelace@example.com about the invoice.',
  'Fits well, the colour is as shown.',
  'Broke after two days of use.',
];
const csv = ['id,text,stars', ...texts.map((text, at) => `r${at + 1},"${text}",${at + 1}`)].join('\n');
const run = Date.now().toString(36);

describe.skipIf(!executablePath)('the data pages of the console in Chromium', () => {
  let browser: Browser;
  let session: Awaited<ReturnType<typeof signInByForm>>;
  /** What a test made and later ones use. */
  const made = { dataset: '', queue: '' };

  beforeAll(async () => {
    await allReady();
    browser = await launch();
    const { page } = await openPage(browser);
    session = await signInByForm(page);
    await page.context().close();
  });
  afterAll(() => browser?.close());

  const go = (page: Page, path: string) => page.goto(`${baseUrl}/p/${project}/${path}`);
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();
  const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
  const submit = (page: Page, name: string) => page.locator('[type=submit]', { hasText: name });

  test('a CSV file becomes a dataset; its rows are seen, measured, checked, edited, compared, exported and split', async () => {
    const { page, problems } = await openPage(browser, session);
    await go(page, 'datasets');
    await button(page, 'New dataset').click();
    const file = { name: 'reviews.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) };
    await page.locator('input[type=file]').setInputFiles(file);
    const preview = page.getByRole('region', { name: 'Preview' });
    await preview.getByText('CSV', { exact: true }).waitFor();
    await preview.getByText(texts[0]!).waitFor();
    expect(await field(page, 'Name').inputValue()).toBe('reviews');
    await field(page, 'Name').fill(`reviews ${run}`);
    await page.getByRole('group', { name: 'Key columns' }).getByLabel('id').check();
    await page.getByLabel('Splits').fill('train 60, test 40');
    await picture(page, 'import');
    await submit(page, 'Import').click();

    await page.getByRole('link', { name: 'Version 1' }).click({ timeout: 60_000 });
    const rows = page.getByRole('table', { name: 'Rows' });
    await rows.getByText(texts[1]!).waitFor();
    made.dataset = new URL(page.url()).pathname.split('/').at(-3)!;
    await page.getByLabel('SQL condition').fill('stars >= 4');
    await page.keyboard.press('Enter');
    await expect.poll(() => rows.getByRole('row').count()).toBe(3);
    await page.getByLabel('SQL condition').fill('stars >=');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').first().waitFor();
    await picture(page, 'rows-error');
    // A condition that cannot be run is a 400, which the browser notes.
    problems.length = 0;

    await page.getByRole('tab', { name: 'Profile' }).click();
    await page.getByRole('img', { name: 'stars: values' }).waitFor({ timeout: 60_000 });

    await page.getByRole('tab', { name: 'Validation' }).click();
    await button(page, 'Validate').click();
    const report = page.getByRole('region', { name: 'Report' });
    await report.getByText('Warnings').waitFor({ timeout: 60_000 });
    await report.getByRole('link', { name: 'Row 2' }).first().click();
    await rows.getByText('ada.lovelace@example.com').click();

    await button(page, 'Edit').click();
    const row = page.getByLabel('Row as JSON');
    await row.fill((await row.inputValue()).replace('ada.lovelace@example.com', 'the office'));
    await picture(page, 'row-edit');
    await button(page, 'Save as new version').click();
    await page.getByRole('link', { name: 'Version 2' }).click({ timeout: 60_000 });
    await page.getByRole('tab', { name: 'Diff' }).click();
    const changes = page.getByRole('list', { name: 'Changes' });
    await changes.locator('del', { hasText: 'ada.lovelace@example.com' }).waitFor();
    await changes.locator('ins', { hasText: 'Write to the office about' }).waitFor();

    await button(page, 'Tag').click();
    await field(page, 'New tag').fill('golden');
    await page.keyboard.press('Enter');
    await button(page, 'Remove tag golden').waitFor();
    await button(page, 'Close').click();
    await button(page, 'Export').click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'CSV' }).click(),
    ]);
    expect(await readFile(await download.path(), 'utf8')).toContain('Write to the office about the invoice.');
    await button(page, 'Split').click();
    await field(page, 'Splits').fill('train 100');
    await submit(page, 'Split').click();
    await page.getByText('version 3').waitFor();
    await page.getByText('train 5').waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('a suite that is written here blocks a version; rows of another version are found in it', async () => {
    const { page, problems } = await openPage(browser, session);
    await go(page, 'validation/new');
    await field(page, 'Name').first().fill(`Stars ${run}`);
    await page.getByLabel('Add a check').selectOption('range');
    await page.getByLabel('Column').fill('stars');
    await page.getByLabel('At most').fill('4');
    await page.getByText('Blocks', { exact: true }).click();
    await page.getByLabel('Add a check').selectOption('pii');
    await picture(page, 'suite');
    await submit(page, 'Save suite').click();
    await page.getByRole('table', { name: 'Validation suites' }).getByText(`Stars ${run}`).waitFor();

    await go(page, `datasets/${made.dataset}/versions/2?tab=validation`);
    await page.getByLabel('Suite').selectOption(`Stars ${run}`);
    await button(page, 'Validate').click();
    const report = page.getByRole('region', { name: 'Report' });
    await report.getByText('Blocked').waitFor({ timeout: 60_000 });
    await report.getByRole('link', { name: 'Row 4' }).waitFor();

    await page.getByRole('tab', { name: 'Leaks and drift' }).click();
    await page.getByLabel('Other version').selectOption({ label: 'Version 1' });
    await button(page, 'Compare').click();
    await page.getByText('Rows leaked').waitFor({ timeout: 60_000 });
    await expectFits(page, 'leaks');
    await page.getByText('Drift', { exact: true }).click();
    await button(page, 'Compare').click();
    await page.getByRole('region', { name: 'Drift' }).getByText('stars', { exact: true }).waitFor({ timeout: 60_000 });
    await expectFits(page, 'drift');
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('rows are labelled by keys; what annotators disagree on is decided; what is done is published', async () => {
    const { page, problems } = await openPage(browser, session);
    const queueName = `Moods ${run}`;
    await go(page, 'annotation');
    await button(page, 'New queue').click();
    await field(page, 'Name').fill(queueName);
    await page.getByLabel('Values').fill('pleased\nangry');
    await page.getByLabel('Labels an item').fill('2');
    await page.getByLabel('Instructions').fill('How does the writer feel?');
    await picture(page, 'queue-new');
    await submit(page, 'Create queue').click();
    await button(page, 'Add items').click();
    await page.getByLabel('Dataset', { exact: true }).selectOption(made.dataset);
    await page.getByText('Version 3: 5 rows').waitFor();
    await picture(page, 'add-items');
    await submit(page, 'Add').click();
    await page.getByRole('table', { name: 'Items' }).getByText(texts[4]!).waitFor();
    const queue = new URL(page.url()).pathname.split('/').at(-1)!;
    made.queue = queue;
    // The second annotator is the key.
    const { items } = await llmops.annotations.listAnnotationItems({ project, queue, pageSize: 50 });
    for (const { id: item } of items) {
      await llmops.annotations.submitAnnotation({ project, queue, item, label: { categories: ['pleased'] } });
    }

    await page.getByRole('link', { name: 'Label' }).click();
    await page.getByRole('button', { name: /^pleased/ }).waitFor();
    await expectFits(page, 'label');
    for (const [at, key] of ['1', '1', '1', '2'].entries()) {
      // The disputed one, the last, is not done.
      await page.getByText(`${at} of 5`).waitFor();
      await page.keyboard.press(key);
      await page.keyboard.press('Enter');
    }
    await page.getByRole('link', { name: 'Back to the queue' }).first().click();
    await page.getByRole('tab', { name: 'Disputed 1' }).click();
    await button(page, 'Decide').click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^angry/ })
      .click();
    await picture(page, 'decide');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Decide/ })
      .click();
    await page.getByText('Nothing is disputed').waitFor();
    await page.getByRole('tab', { name: 'Agreement' }).click();
    await page.getByText('Krippendorff').waitFor();
    await expectFits(page, 'agreement');

    await button(page, 'Publish').click();
    await submit(page, 'Publish').click();
    await page.getByRole('link', { name: 'Open datasets' }).click({ timeout: 60_000 });
    await page.getByRole('link', { name: queueName }).click();
    await page.getByRole('link', { name: 'Version 1' }).click();
    await page.getByRole('table', { name: 'Rows' }).getByText('angry').first().waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('spans are marked in the text, sides are compared without their names, an output is corrected', async () => {
    const { page, problems } = await openPage(browser, session);
    const label = async (
      kind: NonNullable<Parameters<typeof llmops.annotations.createAnnotationQueue>[0]['schema']>,
      item: object,
    ) => {
      const { id: queue } = await llmops.annotations.createAnnotationQueue({
        project,
        displayName: `${kind.kind!.case} ${run}`,
        schema: kind,
      });
      await llmops.annotations.addAnnotationItems({ project, queue, contentJson: [JSON.stringify(item)] });
      await go(page, `annotation/${queue}/label`);
      return async () => {
        await button(page, /^Submit/).click();
        await page.getByText('Nothing left for you to label').waitFor();
        const { items } = await llmops.annotations.listAnnotationItems({ project, queue });
        return JSON.parse(items[0]!.resultJson) as Record<string, unknown>;
      };
    };
    const spans = await label(
      { kind: { case: 'spans', value: { values: ['person', 'place'] } } },
      { text: 'Ada met Bob in Vienna.' },
    );
    const text = page.locator('[data-spans]');
    await text.getByText('Ada met Bob').waitFor();
    for (const [from, to, key] of [
      [0, 4, '1'],
      [15, 21, '2'],
    ] as const) {
      await text.evaluate(
        (element, [start, end]) => {
          // The place in the text, whichever marks cut it.
          const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
          const range = document.createRange();
          for (let at = 0, node = walker.nextNode(); node; at += node.textContent!.length, node = walker.nextNode()) {
            const length = node.textContent!.length;
            if (start >= at && start < at + length) range.setStart(node, start - at);
            if (end > at && end <= at + length) range.setEnd(node, end - at);
          }
          getSelection()!.removeAllRanges();
          getSelection()!.addRange(range);
        },
        [from, to] as const,
      );
      await page.keyboard.press(key);
    }
    await page.getByRole('list', { name: 'Marks' }).getByText('Vienna').waitFor();
    await expectFits(page, 'spans');
    expect((await spans())['spans']).toEqual([
      { end: 3, value: 'person' },
      { start: 15, end: 21, value: 'place' },
    ]);

    const pair = await label(
      { kind: { case: 'pairwise', value: { allowTie: true } } },
      { question: 'What is 2 + 2?', a: 'It is 4.', b: 'It may be 5, who knows.' },
    );
    await page.getByRole('button', { name: /It is 4/ }).click();
    await expectFits(page, 'pairwise');
    expect((await pair())['preference']).toBe('PREFERENCE_LEFT');

    const correction = await label({ kind: { case: 'correction', value: {} } }, { input: 'Hi', output: 'Helo' });
    await page.getByLabel('Corrected output').fill('Hello');
    await expectFits(page, 'correction');
    expect((await correction())['text']).toBe('Hello');
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('files become a source, which is read at once and makes a dataset; a secret never shows its value', async () => {
    const { page, problems } = await openPage(browser, session);
    await go(page, 'sources');
    await button(page, 'New source').click();
    await page.getByText('SQL', { exact: true }).click();
    await picture(page, 'source-new');
    await page.getByText('Upload', { exact: true }).click();
    await field(page, 'Name').fill(`Notes ${run}`);
    await page.locator('input[type=file]').setInputFiles([
      { name: 'one.md', mimeType: 'text/markdown', buffer: Buffer.from('# One') },
      { name: 'two.jsonl', mimeType: 'application/jsonl', buffer: Buffer.from('{"n": 1}\n{"n": 2}\n') },
    ]);
    await submit(page, 'Create and sync').click();
    const syncs = page.getByRole('table', { name: 'Syncs' });
    await syncs.getByText('Done').waitFor({ timeout: 60_000 });
    await expectFits(page, 'source');
    await syncs.getByRole('row').nth(1).click();
    await page.getByRole('table', { name: 'Items' }).getByText('two.jsonl').waitFor();
    await expectFits(page, 'source-items');
    await button(page, 'Create dataset').click();
    await page.getByLabel('Files of').fill('*.jsonl');
    await page.getByRole('region', { name: 'Preview' }).getByText('JSONL', { exact: true }).waitFor();
    await submit(page, 'Import').click();
    await page.getByRole('link', { name: 'Version 1' }).click({ timeout: 60_000 });
    await expect.poll(() => page.getByRole('table', { name: 'Rows' }).getByRole('row').count()).toBe(3);

    await go(page, 'secrets');
    await button(page, 'Create secret').click();
    await field(page, 'Name').fill(`token ${run}`);
    await field(page, 'Value').fill('not-to-be-seen');
    await submit(page, 'Create secret').click();
    await page.getByRole('table', { name: 'Secrets' }).getByText(`token ${run}`).waitFor();
    expect(await page.content()).not.toContain('not-to-be-seen');
    expect(problems).toEqual([]);
    await page.context().close();
  });

  /** Rows that no page was made for: many columns, long words, deep values. */
  async function unwieldy(): Promise<{ dataset: string; queue: string }> {
    const displayName = `${'unwieldy'.repeat(12)} ${run}`;
    const { id: dataset } = await llmops.datasets.createDataset({ project, displayName });
    const row = (at: number) => ({
      ...Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`column_${n}`, at * n])),
      [`name_${'x'.repeat(80)}`]: 'word'.repeat(200),
      deep: { a: [{ b: { c: 'word'.repeat(100) } }] },
    });
    const rowsJson = [1, 2, 3].map((at) => JSON.stringify(row(at)));
    const input = { origin: { case: 'inline', value: { rowsJson } } } as const;
    const { id: job } = await llmops.datasets.importVersion({ project, dataset, input });
    const { resource: datasetVersion } = await until(async () => {
      const found = await llmops.dataJobs.getDataJob({ project, job });
      return found.state === Job_State.SUCCEEDED ? found : undefined;
    }, 60_000);
    const values = ['word'.repeat(40), 'short'];
    const schema = { kind: { case: 'categories' as const, value: { values } } };
    const { id: queue } = await llmops.annotations.createAnnotationQueue({ project, displayName, schema });
    await llmops.annotations.addAnnotationItems({ project, queue, datasetVersion });
    return { dataset, queue };
  }

  test('every data page, wide and narrow, light and dark: no error, nothing wider than the window', async () => {
    const { page, problems } = await openPage(browser, session);
    const { dataset, queue } = await unwieldy();
    const version = `datasets/${made.dataset}/versions/2`;
    const pages: [name: string, path: string][] = [
      ['datasets', 'datasets'],
      ['dataset', `datasets/${made.dataset}`],
      ['rows', `datasets/${dataset}/versions/1`],
      ['rows-json', `datasets/${dataset}/versions/1?view=json`],
      ['profile', `datasets/${dataset}/versions/1?tab=profile`],
      ['validation', `${version}?tab=validation`],
      ['diff', `${version}?tab=diff`],
      ['schema', `datasets/${dataset}/versions/1?tab=schema`],
      ['suites', 'datasets?tab=suites'],
      ['suite-new', 'validation/new'],
      ['sources', 'sources'],
      ['annotation', 'annotation'],
      ['queue', `annotation/${queue}`],
      ['label-long', `annotation/${queue}/label`],
      ['label-done', `annotation/${made.queue}/label`],
      ['secrets', 'secrets'],
    ];
    for (const [name, path] of pages) {
      await go(page, path);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await expectFits(page, name);
    }
    expect(problems).toEqual([]);
    await page.context().close();
  });
});
