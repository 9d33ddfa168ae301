import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Block, ParsedDocument } from './index.ts';
import { ParserPool } from './index.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/parsing');
const pool = new ParserPool({ workers: 1 });
// The first run fetches the packages.
beforeAll(() => pool.start(), 120_000);
afterAll(() => pool.stop());

const parse = (name: string) => pool.parse({ path: join(fixtures, name), fileName: name });
const outline = ({ text, blocks }: ParsedDocument, kinds?: Block['kind'][]) =>
  blocks
    .filter(({ kind }) => !kinds || kinds.includes(kind))
    .map(({ kind, level, start, end }) => `${kind}${level ?? ''} ${text.slice(start, end)}`);

describe('office documents', () => {
  test('headings of a DOCX keep their level', async () => {
    const document = await parse('unit_test_headers_numbered.docx');
    expect(outline(document, ['heading']).slice(0, 5)).toEqual([
      'heading1 Test Document',
      'heading2 1 Section 1',
      'heading3 1.1 Section 1.1',
      'heading3 1.2 Section 1.2',
      'heading4 1.2.1 Section 1.2.3',
    ]);
    expect(document.mediaType).toBe('application/vnd.openxmlformats-officedocument.wordprocessingml.document');
  });

  test('lists of a DOCX keep their depth and numbers', async () => {
    const items = outline(await parse('docx_lists.docx'), ['list_item']);
    expect(items).toContain('list_item2 - List item 1.1');
    expect(items.slice(3, 6)).toEqual([
      'list_item1 1. List item a',
      'list_item1 2. List item b',
      'list_item1 3. List item c',
    ]);
  });

  test('tables read row by row, merged cells repeated', async () => {
    const [, spanned] = outline(await parse('word_tables.docx'), ['table']);
    expect(spanned!.split('\n').at(-1)).toBe('| Cell 2.0 | Merged Cell 2.1 2.2 | Merged Cell 2.1 2.2 |');
  });

  test('code of a DOCX keeps its lines and indentation', async () => {
    const code = outline(await parse('docx_code_blocks.docx'), ['code']);
    expect(code).toContain(
      'code def fib(n):\n    a, b = 0, 1\n    for _ in range(n):\n        a, b = b, a + b\n    return a',
    );
  });

  test('sheets are headed by their names', async () => {
    const document = await parse('xlsx_05_table_with_title.xlsx');
    expect(outline(document).slice(0, 2)).toEqual([
      'heading2 Duck Observations',
      'paragraph Number of freshwater ducks per year',
    ]);
    expect(document.text).toContain('| Year | Freshwater Ducks |\n| - | - |\n| 2019 | 120 |');
    expect(document.title).toBe('Wild Duck Observations');
  });

  test('slides are pages', async () => {
    const document = await parse('powerpoint_comments.pptx');
    expect(document.pages.map(({ number, width, hasText }) => [number, width, hasText])).toEqual([
      [1, 720, true],
      [2, 720, true],
      [3, 720, true],
    ]);
    const features = document.blocks.find(({ start }) => document.text.startsWith('Features', start));
    expect(features).toMatchObject({ kind: 'heading', page: 3 });
  });

  test.each([
    ['text_document_03.odt', 'application/vnd.oasis.opendocument.text', 'Table with nested table'],
    ['odf_table_with_title_01.ods', 'application/vnd.oasis.opendocument.spreadsheet', '| 2019 | 120 |'],
    ['odf_presentation_01.odp', 'application/vnd.oasis.opendocument.presentation', 'Second slide title'],
    ['msg_with_attachment.msg', 'application/vnd.ms-outlook', '- report.pdf (application/pdf)'],
    ['eml_with_attachment.eml', 'message/rfc822', 'This email contains an attachment.'],
    ['webvtt_example_01.vtt', 'text/vtt', 'Neil deGrasse Tyson: Didn’t we talk about enough'],
    ['asciidoc_02.asciidoc', 'text/asciidoc', '  - Nested item 1'],
    ['csv-semicolon.csv', 'text/csv', '| Index | Customer Id | First Name |'],
    ['html_code_snippets.html', 'text/html', 'use `convert()`, for example:'],
    ['duck.md', 'text/markdown', '| Leaves | Ash, Elm, Maple | 50 |'],
  ])('%s is read as what its content is', async (name, mediaType, part) => {
    // Under a name that says nothing, except where only the name tells a text format.
    const neutral = /\.(odt|ods|odp|msg|eml|vtt|html)$/.test(name) ? 'upload' : name;
    const document = await pool.parse({ path: join(fixtures, name), fileName: neutral });
    expect(document.mediaType).toBe(mediaType);
    expect(document.text).toContain(part);
  });
});

describe('pages and messages', () => {
  const page = (body: string) =>
    pool.parse({
      bytes: Buffer.from(`<html lang="de"><head><title>Seite</title></head><body>${body}</body></html>`),
      fileName: 'x',
    });

  test('menus, footers and scripts are left out, what stands before the first heading is not', async () => {
    const document = await page(
      '<nav><a href="/">Home</a></nav><script>"</nav>"</script><p>Intro.</p><h2>Part</h2><p hidden>no</p><p>Text.</p><footer>Imprint</footer>',
    );
    expect(outline(document)).toEqual(['paragraph Intro.', 'heading2 Part', 'paragraph Text.']);
    expect([document.title, document.language]).toEqual(['Seite', 'de']);
  });

  test('of a page that says what its main part is, that is read', async () => {
    const long = 'A sentence of the article. '.repeat(10).trim();
    const document = await page(`<div>Our cookies</div><main><h1>Article</h1><p>${long}</p></main><aside>Buy!</aside>`);
    expect(outline(document)).toEqual(['heading1 Article', `paragraph ${long}`]);
  });

  test('a menu that is never closed does not swallow the page', async () => {
    expect((await page('<nav><a href="/">Home</a><h1>Title</h1><p>Text.</p>')).text).toContain('Title\n\nText.');
  });

  test('a message in HTML and Latin-1 is read with its structure, its attachments are named', async () => {
    const lines = [
      ...['From: =?utf-8?q?J=C3=BCrgen?= <j@example.org>', 'To: x@example.org', 'Subject: Hallo', 'MIME-Version: 1.0'],
      ...['Content-Type: multipart/mixed; boundary=x', '', '--x', 'Content-Type: text/html; charset=iso-8859-1', ''],
      ...[
        '<p>Gr\u00fc\u00dfe</p><h1>Kopf</h1><ul><li>eins</li></ul>',
        '--x',
        'Content-Type: application/pdf; name="r.pdf"',
      ],
      ...['Content-Disposition: attachment; filename="r.pdf"', '', 'abc', '--x--', ''],
    ];
    const document = await pool.parse({ bytes: Buffer.from(lines.join('\r\n'), 'latin1'), fileName: 'mail' });
    expect(outline(document)).toEqual([
      'heading1 Hallo',
      'paragraph From: Jürgen <j@example.org>',
      'paragraph To: x@example.org',
      'paragraph Grüße',
      'heading1 Kopf',
      'list_item1 - eins',
      'heading2 Attachments',
      'list_item1 - r.pdf (application/pdf)',
    ]);
    expect(document.warnings).toEqual(['Attached files are not read: upload those that matter.']);
  });
});

describe('PDF', () => {
  test('two columns are read one after the other, words joined that a line end cut', async () => {
    const document = await parse('multicolumn.pdf');
    expect(document.title).toBe('Two-Column Document with Lorem Ipsum');
    expect(document.text).toContain('consectetuer adipiscing elit. Ut purus elit, vestibulum ut, placerat ac,');
    // The end of the left column and the start of the right one.
    expect(document.text).toContain('Donec nonummy pellentesque ante. Phasellus');
    expect(document.text).not.toMatch(/^\d$/m);
    expect(document.pages.map(({ number, hasText }) => [number, hasText])).toEqual([1, 2, 3].map((at) => [at, true]));
  });

  test('a table without lines around it is found by its columns', async () => {
    const [table] = outline(await parse('google-doc-document.pdf'), ['table']);
    expect(table!.split('\n')).toEqual(
      expect.arrayContaining([
        'table |  | Indonesia | Germany | Austria | France | Vatican |',
        '| Capital | Jakarta | Berlin | Vienna | Paris | Vatican City |',
        '| Population | 273.879.750¹ | 83,190,556² | 8,935,112³ | 67,413,000 | 453 |',
      ]),
    );
  });

  test('every line has its place on its page, and the place its text', async () => {
    const { text, blocks, pages } = await parse('multicolumn.pdf');
    for (const block of blocks) {
      const boxes = block.boxes!;
      expect(
        boxes
          .map(({ start, end }) => text.slice(start, end))
          .join('')
          .replace(/\s/g, ''),
      ).toBe(text.slice(block.start, block.end).replace(/\s/g, ''));
      for (const { page, x0, y0, x1, y1 } of boxes) {
        expect(page).toBeLessThanOrEqual(pages.length);
        expect(0 <= x0 && x0 < x1 && x1 <= 1 && 0 <= y0 && y0 < y1 && y1 <= 1).toBe(true);
      }
    }
    const title = blocks[0]!.boxes![0]!;
    expect(title.y1).toBeLessThan(0.25);
    expect((title.x0 + title.x1) / 2).toBeCloseTo(0.51, 1);
  });

  test('a table with lines keeps the lines of its cells together, and goes on over the page', async () => {
    const document = await parse('handbook.pdf');
    const [settings, regions] = outline(document, ['table']);
    expect(settings!.split('\n').slice(0, 3)).toEqual([
      'table | Setting | Default | What it does |',
      '| - | - | - |',
      '| MAX_STREAMS | 64 | How many streams one gateway process keeps open at the same time. When more are asked for, callers get a 429 with a Retry-After that says when to come back. |',
    ]);
    expect(regions!.split('\n').slice(-2)).toEqual(['| us-east | 8 | 92.1 |', '| ap-south | 4 | 210.0 |']);
    const table = document.blocks.find(({ start }) => document.text.startsWith('| Region |', start));
    expect(table!.boxes!.map(({ page }) => page)).toEqual([1, 1, 1, 2]);
  });

  test('code keeps its lines, Arabic its order, and what stands on every page goes', async () => {
    const document = await parse('handbook.pdf');
    expect(outline(document, ['code'])).toEqual([
      'code pg_restore --jobs 4 \\\n  --dbname llmops \\\n  backup.dump\nif [ $? -ne 0 ]; then\n    echo "failed"\nfi',
    ]);
    expect(document.text).toContain(
      'تصف هذه الوثيقة كيفية تشغيل المنصة. وهي مكتوبة للمشغلين الذين لم يروا المنصة من قبل.',
    );
    expect(document.text).not.toContain('file:');
    expect(outline(document, ['heading']).slice(0, 4)).toEqual([
      'heading1 Operations handbook',
      'heading2 Backups',
      'heading3 Restore',
      'heading2 Settings',
    ]);
  });

  test('what was typed into a form is text', async () => {
    expect((await parse('libreoffice-form.pdf')).text).toContain('First Name Alice');
  });

  test('bookmarks tell the headings', async () => {
    const headings = outline(await parse('mistitled_outlines_example.pdf'), ['heading']);
    expect(headings).toEqual(expect.arrayContaining(['heading1 1 Foo', 'heading1 9 Baz']));
  });

  test('a protected file and a scanned one are told apart and named', async () => {
    await expect(parse('libreoffice-writer-password.pdf')).rejects.toMatchObject({
      code: 'encrypted',
      reason: 'The PDF is protected with a password. Save it without one and upload it again.',
    });
    await expect(parse('imagemagick-lzw.pdf')).rejects.toMatchObject({ code: 'scanned_no_text' });
  });

  test('a page is rendered as PNG of the width asked for', async () => {
    const png = await pool.renderPage(await readFile(join(fixtures, 'multicolumn.pdf')), 2, 400);
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([400, 566]);
    await expect(pool.renderPage(png, 1, 400)).rejects.toMatchObject({ code: 'corrupt' });
    await expect(pool.renderPage(await readFile(join(fixtures, 'multicolumn.pdf')), 9, 400)).rejects.toThrow(
      'no page 9',
    );
  });
});

describe('the pool', () => {
  const markdown = { bytes: Buffer.from('# Title\n\nText.'), fileName: 'a.md' };

  test('many documents at once share few workers, which are replaced in time', async () => {
    const small = new ParserPool({ workers: 2, documentsPerWorker: 3 });
    const documents = await Promise.all(Array.from({ length: 12 }, () => small.parse(markdown)));
    expect(documents.map(({ title }) => title)).toEqual(Array(12).fill('Title'));
    await small.stop();
  });

  test('an abort ends the document being read, and the next one is read', async () => {
    const aborted = new AbortController();
    const reading = pool.parse(markdown, aborted.signal);
    aborted.abort(new Error('no longer wanted'));
    await expect(reading).rejects.toThrow('no longer wanted');
    expect((await pool.parse(markdown)).title).toBe('Title');
  });

  test('a document that takes too long fails, its worker is killed, and the next one is read', async () => {
    const hasty = new ParserPool({ workers: 1, limits: { wallMs: 1 } });
    await expect(hasty.parse({ path: join(fixtures, 'multicolumn.pdf'), fileName: 'x' })).rejects.toMatchObject({
      code: 'timeout',
    });
    await hasty.stop();
  });

  test('files that documents were written to are gone when it stops', async () => {
    const own = new ParserPool({ workers: 1 });
    const before = await readdir(tmpdir());
    await own.parse(markdown);
    await own.stop();
    const left = (await readdir(tmpdir())).filter((name) => name.startsWith('llmops-parse-') && !before.includes(name));
    expect(left).toEqual([]);
    await expect(own.parse(markdown)).rejects.toThrow('stopped');
  });
});
