import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { crc32, deflateRawSync, deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ParserPool } from './index.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/parsing');
const pool = new ParserPool({ workers: 1, limits: { maxUnpackedBytes: 16 * 2 ** 20 } });
beforeAll(() => pool.start(), 120_000);
afterAll(() => pool.stop());

const parse = (bytes: Uint8Array, fileName = 'upload') => pool.parse({ bytes, fileName });

/** A ZIP archive; `claimedSize` is what an entry says of itself instead of the truth. */
function zip(entries: Record<string, string | Buffer>, options: { claimedSize?: number; flags?: number } = {}): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(entries)) {
    const body = Buffer.from(content);
    const packed = deflateRawSync(body);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(options.flags ?? 0, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(body), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(options.claimedSize ?? body.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), common, rest, Buffer.from(name)]),
    );
    parts.push(local);
    offset += local.length;
  }
  const size = directory.reduce((sum, each) => sum + each.length, 0);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, ...directory, Buffer.from('PK\u0005\u0006'), end]);
}

const paragraph = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;
const opc = 'http://schemas.openxmlformats.org';

function docxParts(body: string, prolog = '', links = ''): Record<string, string> {
  const main = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
  const relation = (target: string) =>
    `<Relationship Id="r" Type="${opc}/officeDocument/2006/relationships/officeDocument" Target="${target}"/>`;
  return {
    '[Content_Types].xml': `<Types xmlns="${opc}/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${opc}/package/2006/relationships">${relation('word/document.xml')}</Relationships>`,
    'word/_rels/document.xml.rels': `<Relationships xmlns="${opc}/package/2006/relationships">${links}</Relationships>`,
    'word/document.xml': `<?xml version="1.0"?>${prolog}<w:document xmlns:w="${opc}/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
  };
}

function pdf(objects: string[], streams: Record<number, Buffer> = {}): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n')];
  for (const [index, object] of objects.entries()) {
    const stream = streams[index + 1];
    parts.push(Buffer.from(`${index + 1} 0 obj${object}`, 'latin1'));
    if (stream) parts.push(Buffer.from('stream\n'), stream, Buffer.from('\nendstream'));
    parts.push(Buffer.from(' endobj\n'));
  }
  return Buffer.concat([...parts, Buffer.from('trailer<</Root 1 0 R>>\n')]);
}

const font = '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>';
const pageOf = (kids: string, more = '') => [
  '<</Type/Catalog/Pages 2 0 R>>',
  `<</Type/Pages/Kids[${kids}]/Count 1>>`,
  `<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>${more}>>>>`,
];

test('the archives that these tests make are read when they are harmless', async () => {
  const { text } = await parse(zip(docxParts(paragraph('Hello there'))));
  expect(text).toBe('Hello there');
});

describe('bombs', () => {
  test('an archive that unpacks to too much is not unpacked', async () => {
    const archive = zip({ ...docxParts(paragraph('x')), 'word/media/a.png': Buffer.alloc(20 * 2 ** 20) });
    await expect(parse(archive)).rejects.toMatchObject({ code: 'zip_bomb', reason: expect.stringContaining('16 MB') });
  });

  test('nor one that lies about it', async () => {
    const text = paragraph(' '.repeat(20 * 2 ** 20));
    const lying = zip(docxParts(text), { claimedSize: 1000 });
    await expect(parse(lying)).rejects.toMatchObject({ code: expect.stringMatching(/^(zip_bomb|corrupt)$/) });
  });

  test('nor one whose entries share the same bytes', async () => {
    const archive = zip({ 'a.bin': Buffer.alloc(2 ** 20), ...docxParts(paragraph('x')) });
    const share = (claimed: number) => {
      const sharing = Buffer.from(archive);
      const mark = 'PK\u0001\u0002';
      // Every entry of the directory points at the first.
      for (let at = sharing.indexOf(mark); at !== -1; at = sharing.indexOf(mark, at + 1)) {
        sharing.writeUInt32LE(claimed, at + 24);
        sharing.writeUInt32LE(0, at + 42);
      }
      return sharing;
    };
    await expect(parse(share(8 * 2 ** 20))).rejects.toMatchObject({ code: 'zip_bomb' });
    await expect(parse(share(1000))).rejects.toMatchObject({ code: 'corrupt' });
  });

  test.each([
    ['lol', '<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>', '&b;'],
    ['a file of the server', '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>', '&x;'],
    ['parameter entities', '<!DOCTYPE l [<!ENTITY % p SYSTEM "http://127.0.0.1/x.dtd"> %p;]>', ''],
  ])('XML that declares entities is refused: %s', async (_name, prolog, body) => {
    await expect(parse(zip(docxParts(paragraph(body), prolog)))).rejects.toMatchObject({ code: 'xml_bomb' });
    const plain = Buffer.from(`<?xml version="1.0"?>${prolog}<a>${body}</a>`);
    await expect(parse(plain, 'x.xml')).rejects.toMatchObject({ code: 'xml_bomb' });
  });

  test('nesting without an end is named', async () => {
    const deep = '<w:sdt><w:sdtContent>'.repeat(50_000) + paragraph('x') + '</w:sdtContent></w:sdt>'.repeat(50_000);
    await expect(parse(zip(docxParts(deep)))).rejects.toMatchObject({ code: 'xml_bomb' });
    const html = `<html>${'<div>'.repeat(100_000)}still here`;
    expect((await parse(Buffer.from(html))).text).toBe('still here');
  });

  test('a table that claims a million columns costs no more than its cells', async () => {
    const html = '<html><table><tr><td colspan="1000000" rowspan="1000000">x</td></tr><tr><td>y</td></tr></table>';
    expect((await parse(Buffer.from(html))).text.length).toBeLessThan(10_000);
  });

  test('a PDF that keeps its reader busy is ended by the kernel, and the next document is read', async () => {
    const hasty = new ParserPool({ workers: 1, limits: { cpuSeconds: 1 } });
    const places = Array.from(
      { length: 400_000 },
      (_, at) => `BT /F 9 Tf ${(at % 632) * 22} ${Math.floor(at / 632) * 22} Td (A) Tj ET\n`,
    );
    const packed = deflateSync(places.join(''));
    const wide = pageOf('3 0 R').map((object) => object.replace('[0 0 200 200]', '[0 0 14400 14400]'));
    const objects = [...wide, `<</Filter/FlateDecode/Length ${packed.length}>>`, font];
    const busy = pdf(objects, { 4: packed });
    await expect(hasty.parse({ bytes: busy, fileName: 'a.pdf' })).rejects.toMatchObject({
      code: 'timeout',
      reason: 'Reading the file took more than 1 seconds of processor time.',
    });
    expect((await hasty.parse({ bytes: Buffer.from('# next'), fileName: 'a.md' })).text).toBe('next');
    await hasty.stop();
  });

  test('a document that needs more memory than it may have fails with that reason', async () => {
    const narrow = new ParserPool({ workers: 1, limits: { memoryBytes: 512 * 2 ** 20 } });
    const bytes = zip(docxParts(paragraph('a word').repeat(400_000)));
    await expect(narrow.parse({ bytes, fileName: 'a.docx' })).rejects.toMatchObject({
      code: 'out_of_memory',
      reason: 'Reading the file took more than the 512 MB a document may use.',
    });
    expect((await narrow.parse({ bytes: Buffer.from('# next'), fileName: 'a.md' })).text).toBe('next');
    await narrow.stop();
  });
});

describe('loops', () => {
  test('pages that contain themselves end', async () => {
    const objects = [...pageOf('2 0 R 3 0 R'), '<</Length 40>>', font];
    const looping = pdf(objects, { 4: Buffer.from('BT /F 12 Tf 10 50 Td (Text) Tj ET       ') });
    expect((await parse(looping)).text).toBe('Text');
  });

  test('a drawing that draws itself ends, and the text beside it is read', async () => {
    const form = '<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>/Length 5>>';
    const objects = [...pageOf('3 0 R', '/XObject<</X 6 0 R>>'), '<</Length 46>>', font, form];
    const content = Buffer.from('BT /F 12 Tf 10 50 Td (Beside a loop) Tj ET /X Do');
    expect((await parse(pdf(objects, { 4: content, 6: Buffer.from('/X Do') }))).text).toBe('Beside a loop');
  });
});

describe('files that are not what they say', () => {
  test.each([
    'multicolumn.pdf',
    'word_tables.docx',
    'xlsx_05_table_with_title.xlsx',
    'text_document_03.odt',
    'msg_with_attachment.msg',
  ])('%s cut off anywhere ends with a reason or with what is left', async (name) => {
    const whole = await readFile(join(fixtures, name));
    for (const part of [0.01, 0.3, 0.9]) {
      const reading = parse(whole.subarray(0, Math.ceil(whole.length * part)), name);
      const outcome = await reading.then(
        ({ text }) => text,
        ({ code }) => code,
      );
      expect(outcome).not.toBe('');
      expect(['timeout', 'crashed', 'out_of_memory', undefined]).not.toContain(outcome);
    }
  });

  test('an archive, a picture and a program under the name of a document are named', async () => {
    await expect(parse(zip({ 'a.txt': 'hi' }), 'a.docx')).rejects.toMatchObject({
      code: 'unsupported_type',
      reason: expect.stringContaining('archive'),
    });
    await expect(parse(Buffer.from('GIF89a<html>hello'), 'a.html')).rejects.toThrow('a picture');
    await expect(parse(Buffer.from('\u007fELF\u0002'), 'a.pdf')).rejects.toThrow('a program');
  });

  test('of a file that is two at once one is read, the same each time', async () => {
    const archive = zip(docxParts(paragraph('From the archive')));
    const page = pdf([...pageOf('3 0 R'), '<</Length 41>>', font], {
      4: Buffer.from('BT /F 12 Tf 10 50 Td (From the page) Tj ET'),
    });
    expect((await parse(Buffer.concat([page, archive]))).text).toBe('From the page');
    expect((await parse(archive, 'a.pdf')).mediaType).toContain('wordprocessingml');
  });

  test('a protected archive is told from a damaged one', async () => {
    await expect(parse(zip(docxParts(paragraph('x')), { flags: 1 }))).rejects.toMatchObject({ code: 'encrypted' });
  });

  test('an empty file and one of blanks hold no text', async () => {
    await expect(parse(new Uint8Array())).rejects.toMatchObject({ code: 'no_text', reason: 'The file is empty.' });
    await expect(parse(Buffer.from(' \n\t\n'))).rejects.toMatchObject({ code: 'no_text' });
  });
});

test('nothing outside of the file is fetched', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url!);
    response.end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const html = `<html><head><base href="${url}/"><link rel="stylesheet" href="${url}/a.css"></head><body>
    <img src="${url}/b.png"><iframe src="${url}/c"></iframe><script src="${url}/d.js"></script>
    <object data="${url}/e"></object><p>Text</p></body></html>`;
  expect((await parse(Buffer.from(html))).text).toContain('Text');
  const link = `<Relationship Id="i" Type="${opc}/officeDocument/2006/relationships/attachedTemplate" Target="${url}/t" TargetMode="External"/>`;
  expect((await parse(zip(docxParts(paragraph('Text'), '', link)))).text).toBe('Text');
  await parse(Buffer.from(`# T\n\n![x](${url}/f.png)\n\n<img src="${url}/g.png">`), 'a.md');
  server.close();
  expect(asked).toEqual([]);
});
