import { expect, test } from 'vitest';
import { JsonDocumentError, JsonElements } from './json-elements.ts';

function random(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

function elementsOf(text: string, cut: () => number) {
  const elements = new JsonElements(1_000_000);
  const found = [];
  for (let at = 0; at < text.length; ) {
    const length = cut();
    found.push(...elements.push(text.slice(at, at + length)));
    at += length;
  }
  elements.end();
  return found;
}

const strings = ['', 'a', '"', '\\', '\\"', '[', ']', '{"a":[', ',', ':', '\n', 'é😀', '\u2028', '\\\\'];

/** Any JSON value. */
function randomValue(next: (n: number) => number, depth: number): unknown {
  const kind = next(depth > 3 ? 4 : 6);
  if (kind === 0) return strings[next(strings.length)];
  if (kind === 1) return next(2_000) - 1_000.5;
  if (kind === 2) return [null, true, false][next(3)];
  if (kind === 3) return next(1_000_000);
  const items = Array.from({ length: next(4) }, () => randomValue(next, depth + 1));
  return kind === 4
    ? items
    : Object.fromEntries(items.map((item, i) => [`${strings[next(strings.length)]}${i}`, item]));
}

test('the elements of any array are found, wherever the text is cut', () => {
  const next = random(7);
  for (let round = 0; round < 400; round += 1) {
    const values = Array.from({ length: next(6) }, () => randomValue(next, 0));
    const text = JSON.stringify(values, null, next(2) * 2);
    const found = elementsOf(text, () => 1 + next(next(2) === 0 ? 4 : 200));
    expect(found.map((element) => JSON.parse(element.text))).toEqual(values);
    expect(found.every(({ key }) => key === '')).toBe(true);
  }
});

test('so are those of all arrays that an object holds, by their key', () => {
  const next = random(11);
  for (let round = 0; round < 200; round += 1) {
    const document = {
      n: randomValue(next, 2),
      'a "b"': [randomValue(next, 0), { x: [1] }],
      s: strings[next(strings.length)],
      last: [],
    };
    const found = elementsOf(JSON.stringify(document, null, next(2)), () => 1 + next(9));
    const expected = Object.entries(document).flatMap(([key, value]) =>
      Array.isArray(value) ? value.map((element: unknown) => ({ key, element })) : [],
    );
    expect(found.map(({ key, text }) => ({ key, element: JSON.parse(text) as unknown }))).toEqual(expected);
  }
});

test.each(['', '[', '[1', '{"a":[1]', '[1]]', '[1] 2', '[,1]', '3', '{"a":1} {"b":2}', '{1:2}', '[1}'])(
  '%j is no document',
  (text) => {
    expect(() => elementsOf(text, () => 2)).toThrow(JsonDocumentError);
  },
);

test('an element that does not end is refused before it fills the memory', () => {
  const elements = new JsonElements(100);
  expect(() => elements.push(`["${'x'.repeat(200)}`)).toThrow('more than 100 characters');
});

// A scan of the whole piece for each string or escape would take minutes.
test('many short strings and many escapes in one piece are read', () => {
  const rows = `[${'{"a":"b","c":"d"},'.repeat(100_000)}"${'\\n'.repeat(500_000)}"]`;
  const elements = new JsonElements(4 << 20);
  expect(elements.push(rows)).toHaveLength(100_001);
  elements.end();
});
