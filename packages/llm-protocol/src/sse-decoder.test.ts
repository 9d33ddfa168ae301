import { describe, expect, test } from 'vitest';
import { SseDecoder, SseError, type SseFrame } from './sse-decoder.ts';
import { encodeSseComment, encodeSseData, encodeSseEvent, SSE_DONE } from './sse-encoder.ts';

type Seen = Pick<SseFrame, 'data' | 'event' | 'lastEventId' | 'retryMs'>;

function decode(pieces: Uint8Array[], options?: { maxEventBytes?: number }): { seen: Seen[]; raw: Buffer } {
  const decoder = new SseDecoder(options);
  const frames = pieces.flatMap((piece) => decoder.push(piece));
  const rest = decoder.end();
  // Taken after everything was pushed: memory given out must not have been written over.
  const raw = Buffer.concat([...frames, ...(rest === undefined ? [] : [rest])].map((frame) => frame.raw));
  const seen = frames.map(({ data, event, lastEventId, retryMs }) => ({ data, event, lastEventId, retryMs }));
  return { seen, raw };
}

const STREAMS: Record<string, string> = {
  'LF, as OpenAI': 'data: {"a":1}\n\ndata: {"b":"é漢😀"}\n\ndata: [DONE]\n\n',
  CRLF: 'data: one\r\n\r\nevent: add\r\ndata: two\r\ndata: three\r\n\r\n',
  'CR alone': 'data: one\r\revent: add\rdata: two\r\r',
  'mixed ends': 'data: one\n\r\ndata: two\r\n\ndata: three\r\r\n\ndata: four\n\r',
  'BOM, comments, ids, retry':
    '\uFEFF: hi\n\nid: 7\nretry: 1500\ndata:no space\n\n: ping\n\ndata\ndata\n\nid\ndata:  two\n\n',
  'BOM then data': '\uFEFFdata: first\n\n',
  'blank lines between': '\n\n\ndata: x\n\n\n\r\n\r\ndata: y\n\n',
  'unknown fields and events without data': 'foo: bar\nevent: lonely\n\ndata: z\nother\n\n',
  'rest without its empty line': 'data: x\n\ndata: [DONE]\n',
  'id with NUL is ignored': 'id: a\0b\ndata: x\n\n',
};

describe('SseDecoder', () => {
  for (const [name, text] of Object.entries(STREAMS)) {
    test(`${name}: a cut at any byte, or at every byte, changes nothing and loses no byte`, () => {
      const bytes = Buffer.from(text);
      const whole = decode([bytes]);
      expect(whole.raw).toEqual(bytes);
      for (let cut = 1; cut < bytes.length; cut++) {
        expect(decode([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual(whole);
      }
      expect(decode(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(whole);
    });
  }

  test('fields are read as the WHATWG spec says', () => {
    const frame = (data: string | undefined, rest: Partial<Seen> = {}) => ({
      data,
      event: 'message',
      lastEventId: '',
      retryMs: undefined,
      ...rest,
    });
    const datas = (name: string) => decode([Buffer.from(STREAMS[name] as string)]).seen;
    expect(datas('CRLF')).toEqual([frame('one'), frame('two\nthree', { event: 'add' })]);
    expect(datas('CR alone')).toEqual([frame('one'), frame('two', { event: 'add' })]);
    expect(datas('mixed ends').map((each) => each.data)).toEqual(['one', 'two', 'three', 'four']);
    expect(datas('BOM, comments, ids, retry')).toEqual([
      frame(undefined),
      frame('no space', { lastEventId: '7', retryMs: 1500 }),
      frame(undefined, { lastEventId: '7' }),
      frame('\n', { lastEventId: '7' }),
      frame(' two'),
    ]);
    expect(datas('BOM then data')).toEqual([frame('first')]);
    expect(datas('unknown fields and events without data')).toEqual([
      frame(undefined, { event: 'lonely' }),
      frame('z'),
    ]);
    expect(datas('id with NUL is ignored')).toEqual([frame('x')]);
  });

  test('data that end() finds without an empty line is marked incomplete', () => {
    const decoder = new SseDecoder();
    decoder.push(Buffer.from('data: [DONE]'));
    expect(decoder.end()).toMatchObject({ data: '[DONE]', complete: false });
    expect(decoder.end()).toBeUndefined();
  });

  test('a thousand frames in random pieces decode to the same data', () => {
    const datas = Array.from({ length: 1000 }, (_, index) => JSON.stringify({ index, text: 'ü😀'.repeat(index % 13) }));
    const bytes = Buffer.from(datas.map(encodeSseData).join(''));
    let seed = 1;
    const pieces: Buffer[] = [];
    for (let at = 0; at < bytes.length; ) {
      seed = (seed * 1103515245 + 12345) & 0x7fffffff;
      const next = at + 1 + (seed % 300);
      pieces.push(bytes.subarray(at, next));
      at = next;
    }
    const { seen, raw } = decode(pieces);
    expect(seen.map((each) => each.data)).toEqual(datas);
    expect(raw.equals(bytes)).toBe(true);
  });

  test('an event above the limit is refused, in one piece or many, and many small ones are not', () => {
    const big = Buffer.from(`data: ${'x'.repeat(2000)}\n\n`);
    expect(() => decode([big], { maxEventBytes: 1000 })).toThrow(SseError);
    const decoder = new SseDecoder({ maxEventBytes: 1000 });
    expect(() => {
      for (let i = 0; i < 2000; i++) decoder.push(Buffer.from('x'));
    }).toThrow(SseError);
    expect(decode([Buffer.from('data: x\n\n'.repeat(1000))], { maxEventBytes: 1000 }).seen).toHaveLength(1000);
  });

  test('bytes that are not UTF-8 become replacement characters', () => {
    expect(decode([Buffer.from([...Buffer.from('data: a'), 0xff, ...Buffer.from('b\n\n')])]).seen[0]?.data).toBe(
      'a\uFFFDb',
    );
  });
});

describe('encoders', () => {
  test('what they write, the decoder reads', () => {
    const text =
      encodeSseData('{"a":1}') +
      encodeSseComment('ping\npong') +
      encodeSseEvent({ event: 'error', id: '3', retryMs: 10, data: 'line 1\r\nline 2\n' }) +
      SSE_DONE;
    expect(decode([Buffer.from(text)]).seen).toEqual([
      { data: '{"a":1}', event: 'message', lastEventId: '', retryMs: undefined },
      { data: undefined, event: 'message', lastEventId: '', retryMs: undefined },
      { data: 'line 1\nline 2\n', event: 'error', lastEventId: '3', retryMs: 10 },
      { data: '[DONE]', event: 'message', lastEventId: '3', retryMs: undefined },
    ]);
  });

  test('a line break in a name cannot forge a field', () => {
    const text = encodeSseEvent({ event: 'a\ndata: forged', data: 'real' });
    expect(decode([Buffer.from(text)]).seen.map((each) => each.data)).toEqual(['real']);
  });
});
