import { describe, expect, test } from 'vitest';
import type { ChatToolCallDelta } from './chat-tool.ts';
import { ToolCallAccumulator } from './tool-call-accumulator.ts';

type Call = [id: string, name: string, args: string];

function fold(deltas: ChatToolCallDelta[]): Call[] {
  const accumulator = new ToolCallAccumulator();
  for (const delta of deltas) accumulator.push([delta]);
  return accumulator.toolCalls().map((call) => [call.id, call.function.name, call.function.arguments]);
}

const f = (name?: string | null, args?: string | null) => ({
  function: { ...(name === undefined ? {} : { name }), ...(args === undefined ? {} : { arguments: args }) },
});

const TWO: Call[] = [
  ['a', 'weather', '{"city":"Rome"}'],
  ['b', 'time', '{"zone":"CET"}'],
];

describe('ToolCallAccumulator keeps two calls apart', () => {
  const cases: [string, ChatToolCallDelta[]][] = [
    [
      'by index, as the API says',
      [
        { index: 0, id: 'a', ...f('weather', '') },
        { index: 0, ...f(undefined, '{"city":') },
        { index: 0, ...f(undefined, '"Rome"}') },
        { index: 1, id: 'b', ...f('time', '') },
        { index: 1, ...f(undefined, '{"zone":"CET"}') },
      ],
    ],
    [
      'pieces of both in turn',
      [
        { index: 0, id: 'a', ...f('weather', '') },
        { index: 1, id: 'b', ...f('time', '') },
        { index: 0, ...f(undefined, '{"city":') },
        { index: 1, ...f(undefined, '{"zone":') },
        { index: 0, ...f(undefined, '"Rome"}') },
        { index: 1, ...f(undefined, '"CET"}') },
      ],
    ],
    [
      'no index',
      [
        { id: 'a', ...f('weather', '') },
        f(undefined, '{"city":'),
        f(undefined, '"Rome"}'),
        { id: 'b', ...f('time', '{"zone":') },
        f(undefined, '"CET"}'),
      ],
    ],
    [
      'index 0 for both',
      [
        { index: 0, id: 'a', ...f('weather', '{"city":') },
        { index: 0, ...f(undefined, '"Rome"}') },
        { index: 0, id: 'b', ...f('time', '{"zone":') },
        { index: 0, ...f(undefined, '"CET"}') },
      ],
    ],
    [
      'index 0 for both, whole',
      [
        { index: 0, id: 'a', ...f('weather', '{"city":"Rome"}') },
        { index: 0, id: 'b', ...f('time', '{"zone":"CET"}') },
      ],
    ],
    [
      'index 0 for both, in turn with the id',
      [
        { index: 0, id: 'a', ...f('weather', '{"city":') },
        { index: 0, id: 'b', ...f('time', '{"zone":') },
        { index: 0, id: 'a', ...f(null, '"Rome"}') },
        { index: 0, id: 'b', ...f(null, '"CET"}') },
      ],
    ],
    [
      'name after the id',
      [
        { index: 0, id: 'a' },
        { index: 0, ...f('weather') },
        { index: 0, ...f(undefined, '{"city":"Rome"}') },
        { index: 1, id: 'b' },
        { index: 1, ...f('time', '{"zone":"CET"}') },
      ],
    ],
    [
      'name after the arguments',
      [
        { index: 0, id: 'a', ...f(undefined, '{"city":"Rome"}') },
        { index: 0, ...f('weather') },
        { index: 1, id: 'b', ...f(undefined, '{"zone":"CET"}') },
        { index: 1, ...f('time') },
      ],
    ],
    [
      'id after the name',
      [
        { index: 0, ...f('weather', '{"city":') },
        { index: 0, id: 'a', ...f(undefined, '"Rome"}') },
        { index: 1, ...f('time') },
        { index: 1, id: 'b', ...f(undefined, '{"zone":"CET"}') },
      ],
    ],
    [
      'id and name in every piece',
      [
        { index: 0, id: 'a', ...f('weather', '{"city":') },
        { index: 0, id: 'a', ...f('weather', '"Rome"}') },
        { index: 1, id: 'b', ...f('time', '{"zone":') },
        { index: 1, id: 'b', ...f('time', '"CET"}') },
      ],
    ],
    [
      'empty id and name in later pieces',
      [
        { index: 0, id: 'a', ...f('weather', '') },
        { index: 0, id: '', ...f('', '{"city":"Rome"}') },
        { index: 1, id: 'b', ...f('time', null) },
        { index: 1, id: null, ...f(null, '{"zone":"CET"}') },
      ],
    ],
    [
      'an index that only counts up',
      [
        { index: 0, id: 'a', ...f('weather', '{"city":') },
        { index: 1, id: 'a', ...f(undefined, '"Rome"}') },
        { index: 2, id: 'b', ...f('time', '{"zone":') },
        { index: 3, id: 'b', ...f('time', '"CET"}') },
      ],
    ],
    [
      'index only after the first piece',
      [
        { id: 'a', ...f('weather', '{"city":') },
        { index: 0, ...f(undefined, '"Rome"}') },
        { index: 1, id: 'b', ...f('time', '{"zone":"CET"}') },
      ],
    ],
  ];
  test.each(cases)('%s', (_name, deltas) => expect(fold(deltas)).toEqual(TWO));

  test('calls without any id are told apart by name, and by complete arguments', () => {
    expect(
      fold([
        { index: 0, ...f('x', '{"a":1}') },
        { index: 0, ...f('y', '{}') },
        { index: 0, ...f('y', '{"b":2}') },
      ]),
    ).toEqual([
      ['', 'x', '{"a":1}'],
      ['', 'y', '{}'],
      ['', 'y', '{"b":2}'],
    ]);
  });

  test('one id at two indexes with two names is two calls, in turn too', () => {
    expect(
      fold([
        { index: 0, id: 'call', ...f('x', '{') },
        { index: 1, id: 'call', ...f('y', '[') },
        { index: 0, id: 'call', ...f(undefined, '}') },
        { index: 1, id: 'call', ...f(undefined, ']') },
      ]),
    ).toEqual([
      ['call', 'x', '{}'],
      ['call', 'y', '[]'],
    ]);
  });

  test('two distinct ids never share a call, whatever else the deltas say', () => {
    const indexes = [undefined, 0, 1];
    const names = [undefined, 'x', 'y'];
    let seed = 7;
    const pick = <T>(from: T[]): T => {
      seed = (seed * 1103515245 + 12345) & 0x7fffffff;
      return from[(seed >> 8) % from.length] as T;
    };
    for (let round = 0; round < 2000; round++) {
      const ids = Array.from({ length: 6 }, () => pick(['a', 'b', 'c']));
      const deltas = ids.map((id) => ({ index: pick(indexes), id, ...f(pick(names), `<${id}>`) }));
      for (const [id, , args] of fold(deltas as ChatToolCallDelta[])) {
        expect(args.replaceAll(`<${id}>`, '')).toBe('');
      }
    }
  });
});
