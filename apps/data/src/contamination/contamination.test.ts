import { seededRandom } from '@llmops/stats';
import { describe, expect, it } from 'vitest';
import { LeakSearch } from './leak-search.ts';
import { leakWords } from './leak-words.ts';
import { VectorRows } from './vectors.ts';

const questions = [
  'Natalia sold clips to 48 of her friends in April, and then she sold half as many clips in May. How many clips did she sell altogether?',
  'Which river flows through the city of Vienna before it reaches Budapest?',
  'A bakery makes 125 loaves each morning and sells three quarters of them before noon. How many loaves are left?',
  'Who established the first permanent observatory on the southern coast of Chile?',
  'How long does a transfer to a bank account in another country usually take?',
];

function search(candidates: string[], vectors?: { protected: number[][]; candidates: number[][] }) {
  const run = new LeakSearch({ mostLeaks: 10 });
  const encoded = (vector: number[] | undefined) =>
    vector ? { vector: Buffer.from(Float32Array.from(vector).buffer).toString('base64') } : {};
  for (const [at, text] of questions.entries()) {
    run.take({ side: 'protected', id: `p${at}`, text, ...encoded(vectors?.protected[at]) });
  }
  for (const [at, text] of candidates.entries()) {
    run.take({ side: 'candidate', id: `c${at}`, text, ...encoded(vectors?.candidates[at]) });
  }
  return run.end();
}

describe('a leak', () => {
  it('is exact where only case, punctuation and spelled numbers differ', () => {
    const result = search([
      'natalia SOLD clips to forty-eight of her friends in april and then she sold half as many clips in may -- how many clips did she sell altogether',
    ]);
    expect(result).toMatchObject({ exact: 1, near: 0, protectedRows: 5, candidateRows: 1 });
    expect(result.leaks[0]).toMatchObject({ protectedRowId: 'p0', candidateRowId: 'c0', kind: 'exact', similarity: 1 });
  });

  it.each([
    ['typos', 'Whcih river flows thruogh the citty of Vienna befor it reaches Budapest?', 'p1'],
    [
      'text around it',
      `### Task 7 of 12\nAnswer in one word. ${questions[1]}\n\nThink step by step, then answer.`,
      'p1',
    ],
    [
      'another order',
      'How many loaves are left? Three quarters of them it sells before noon; 125 loaves a bakery makes each morning.',
      'p2',
    ],
    ['other words', 'Which person founded the first permanent observatory on the southern coast of Chile?', 'p3'],
    [
      'a long document around it',
      `${'The harbour was quiet and nothing moved on the water that day. '.repeat(80)}${questions[3]} ${'Later the wind rose and the boats came home one after the other. '.repeat(80)}`,
      'p3',
    ],
  ])('is near in spite of %s', (_, text, row) => {
    const { leaks, near } = search([text]);
    expect(near).toBe(1);
    expect(leaks).toMatchObject([{ kind: 'near', protectedRowId: row, candidateRowId: 'c0' }]);
    expect(leaks[0]!.candidateText.length).toBeLessThanOrEqual(301);
  });

  it('is not seen in rows of the same kind', () => {
    const clean = [
      'Marta baked 48 cakes for her friends and ate two of them. How many cakes are left for the party?',
      'Which mountain lies between the city of Turin and the border of France?',
      'Who wrote the first complete grammar of the Quechua language?',
      'Why was a fee taken from my card when I paid abroad?',
      '',
      '42',
    ];
    expect(search(clean)).toMatchObject({ exact: 0, near: 0, embeddingNear: 0, leaks: [] });
  });

  it('is found by its meaning where embeddings say so, whatever the words', () => {
    const axis = (at: number) => Array.from({ length: 8 }, (_, n) => (n === at ? 1 : 0));
    const result = search(['Wie lange braucht eine Auslandsüberweisung?', 'Etwas ganz anderes'], {
      protected: questions.map((_, at) => axis(at)),
      candidates: [axis(4), axis(7)],
    });
    expect(result).toMatchObject({ exact: 0, near: 0, embeddingNear: 1 });
    expect(result.leaks).toMatchObject([
      { kind: 'embedding', protectedRowId: 'p4', candidateRowId: 'c0', similarity: 1 },
    ]);
  });

  it('counts each protected row once, by its surest find', () => {
    const result = search([`${questions[1]}`, `Please: ${questions[1]}`, `Please: ${questions[2]}`]);
    expect(result).toMatchObject({ exact: 1, near: 1 });
    expect(result.leaks.map(({ kind }) => kind)).toEqual(['exact', 'near', 'near']);
  });
});

describe('words of a text', () => {
  it.each([
    ['twenty-five', '25'],
    ['three hundred and twelve dollars', '312 dollars'],
    ['two thousand five hundred', '2500'],
    ['one two three', '1 2 3'],
    ['one and two', '1 and 2'],
    ['nineteen eighty four', '19 84'],
    ['a hundred', 'a hundred'],
  ])('hold numbers as digits: %s', (text, words) => expect(leakWords(text).join(' ')).toBe(words));
});

describe('the nearest vectors', () => {
  it('are those of a plain search', () => {
    const random = seededRandom(2);
    const unit = () => {
      const vector = Float32Array.from({ length: 10 }, () => random() - 0.5);
      const length = Math.hypot(...vector);
      return vector.map((value) => value / length);
    };
    const rows = Array.from({ length: 200 }, unit);
    const store = new VectorRows();
    for (const row of rows) store.add(row);
    const queries = [unit(), unit()];
    const plain = queries.map((query) =>
      rows
        .map((row, index) => [index, row.reduce((sum, value, at) => sum + value * query[at]!, 0)] as const)
        .sort((a, b) => b[1] - a[1])
        .slice(0, 3)
        .map(([index]) => index),
    );
    expect(store.nearest(queries, 3).map((found) => found.map(({ row }) => row))).toEqual(plain);
  });

  it('have all one length', () => {
    const store = new VectorRows();
    store.add(new Float32Array(3));
    expect(() => store.add(new Float32Array(4))).toThrow('3 and 4');
  });
});
