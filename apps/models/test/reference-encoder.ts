import { tiny } from './packed-e5.ts';

type Vector = number[];

/** BERT as the paper has it, in plain numbers: the hidden state of each token of one text. */
export function referenceEncoder(tensors: ReadonlyMap<string, Float32Array>, ids: readonly number[]): Vector[] {
  const { hidden, layers, heads, epsilon } = tiny;
  const get = (name: string) => tensors.get(name)!;
  const row = (name: string, index: number) => [...get(name).subarray(index * hidden, (index + 1) * hidden)];
  const norm = (x: Vector, name: string): Vector => {
    const mean = sum(x) / x.length;
    const deviation = Math.sqrt(sum(x.map((value) => (value - mean) ** 2)) / x.length + epsilon);
    return x.map((value, i) => ((value - mean) / deviation) * get(`${name}.w`)[i]! + get(`${name}.b`)[i]!);
  };
  const dense = (x: Vector, name: string): Vector => {
    const [weight, bias] = [get(`${name}.w`), get(`${name}.b`)];
    return [...bias].map((value, out) => value + sum(x.map((each, i) => each * weight[out * x.length + i]!)));
  };
  let states = ids.map((id, i) => norm(add(add(row('emb.word', id), row('emb.pos', i)), row('emb.type', 0)), 'emb.ln'));
  for (let layer = 0; layer < layers; layer++) {
    const name = (part: string) => `l${layer}.${part}`;
    const [q, k, v] = ['q', 'k', 'v'].map((part) => states.map((x) => dense(x, name(part)))) as [
      Vector[],
      Vector[],
      Vector[],
    ];
    const size = hidden / heads;
    const attended = states.map((_, i) =>
      Array.from({ length: heads }, (_, head) => {
        const of = (x: Vector) => x.slice(head * size, (head + 1) * size);
        const weights = softmax(k.map((key) => dot(of(q[i]!), of(key)) / Math.sqrt(size)));
        return v.map((value, j) => of(value).map((each) => each * weights[j]!)).reduce(add);
      }).flat(),
    );
    states = states.map((x, i) => {
      const mixed = norm(add(dense(attended[i]!, name('ao')), x), name('aln'));
      return norm(add(dense(dense(mixed, name('fi')).map(gelu), name('fo')), mixed), name('oln'));
    });
  }
  return states;
}

const sum = (x: Vector) => x.reduce((a, b) => a + b, 0);
const add = (a: Vector, b: Vector) => a.map((value, i) => value + b[i]!);
const dot = (a: Vector, b: Vector) => sum(a.map((value, i) => value * b[i]!));
const softmax = (x: Vector) => {
  const powers = x.map((value) => Math.exp(value - Math.max(...x)));
  return powers.map((power) => power / sum(powers));
};
const gelu = (x: number) => (x / 2) * (1 + erf(x / Math.SQRT2));

/** Abramowitz and Stegun 7.1.26, to 1.5e-7. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.sign(x) * (1 - series * Math.exp(-x * x));
}
