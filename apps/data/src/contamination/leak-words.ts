import { wordsOf } from '../duplicates/index.ts';

const small = new Map(
  [
    ...['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'],
    ...['thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'],
  ].map((word, value) => [word, value]),
);
const tens = new Map(
  ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'].map((word, at) => [
    word,
    20 + 10 * at,
  ]),
);
const powers = new Map([
  ['thousand', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
]);

/** The words of a text with English numbers in digits: `twenty-five dollars` and `25 dollars` are the same. */
export function leakWords(text: string): string[] {
  const words = wordsOf(text);
  const result: string[] = [];
  for (let at = 0; at < words.length; ) {
    const number = numberAt(words, at);
    result.push(number ? String(number.value) : words[at]!);
    at += number?.length ?? 1;
  }
  return result;
}

function numberAt(words: readonly string[], start: number): { value: number; length: number } | undefined {
  let [total, group, at] = [0, 0, start];
  // What the part before leaves room for: `twenty three` is one number, `two three` are two.
  let room = 100;
  for (; at < words.length; at++) {
    const word = words[at]!;
    const value = small.get(word) ?? tens.get(word);
    if (value !== undefined) {
      if (value >= room || (room === 10 && value === 0)) break;
      group += value;
      room = tens.has(word) ? 10 : 0;
    } else if (word === 'hundred' && group > 0 && group < 20) {
      group *= 100;
      room = 100;
    } else if (powers.has(word) && group > 0) {
      total += group * powers.get(word)!;
      group = 0;
      room = 100;
    } else if (!(word === 'and' && group >= 100 && isNumber(words[at + 1]))) break;
  }
  return at === start ? undefined : { value: total + group, length: at - start };
}

const isNumber = (word: string | undefined): boolean => word !== undefined && (small.has(word) || tens.has(word));
