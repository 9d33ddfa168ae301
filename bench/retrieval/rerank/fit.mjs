/**
 * Weights that put relevant candidates above the others: the listwise softmax loss with a pull towards 0, on features
 * scaled to deviation 1, by gradient steps. Deterministic.
 *
 * @param examples per query {features: number[][], labels: number[]}; queries without a relevant candidate teach nothing
 * @returns one weight per feature, for the features as they come
 */
export function fitWeights(examples, { pull = 0.05, steps = 400, rate = 0.5 } = {}) {
  const taught = examples.filter(({ labels }) => labels.includes(1));
  const width = taught[0].features[0].length;
  const deviations = columnDeviations(taught, width);
  const weights = new Float64Array(width);
  const momentum = new Float64Array(width);
  for (let step = 0; step < steps; step++) {
    const gradient = lossGradient(taught, weights, deviations);
    for (let i = 0; i < width; i++) {
      momentum[i] = 0.9 * momentum[i] + gradient[i] + 2 * pull * weights[i];
      weights[i] -= rate * momentum[i];
    }
  }
  return Array.from(weights, (weight, i) => weight / deviations[i]);
}

function lossGradient(examples, weights, deviations) {
  const gradient = new Float64Array(weights.length);
  for (const { features, labels } of examples) {
    const scores = features.map((row) => row.reduce((sum, value, i) => sum + (weights[i] * value) / deviations[i], 0));
    const most = Math.max(...scores);
    const shares = scores.map((score) => Math.exp(score - most));
    const total = shares.reduce((sum, share) => sum + share, 0);
    const relevant = labels.reduce((sum, label) => sum + label, 0);
    for (const [at, row] of features.entries()) {
      const error = (shares[at] / total - labels[at] / relevant) / examples.length;
      for (let i = 0; i < row.length; i++) gradient[i] += (error * row[i]) / deviations[i];
    }
  }
  return gradient;
}

function columnDeviations(examples, width) {
  const rows = examples.flatMap(({ features }) => features);
  return Array.from({ length: width }, (_, i) => {
    const mean = rows.reduce((sum, row) => sum + row[i], 0) / rows.length;
    return Math.sqrt(rows.reduce((sum, row) => sum + (row[i] - mean) ** 2, 0) / rows.length) || 1;
  });
}
