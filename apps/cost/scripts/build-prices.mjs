// Builds catalogue/prices.json from LiteLLM's model_prices_and_context_window.json:
//   node scripts/build-prices.mjs PATH 2026-08
// Prices become whole pico-dollars a token, from the decimal digits as written: no float touches them.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const [, , path, date] = process.argv;
if (!path || !/^\d{4}-\d{2}(-\d{2})?$/.test(date ?? '')) {
  process.stderr.write('usage: build-prices.mjs PATH DATE\n');
  process.exit(64);
}

const modes = new Set(['chat', 'completion', 'embedding']);
const text = readFileSync(path, 'utf8');
const models = JSON.parse(text, (_key, value, context) => (typeof value === 'number' ? context.source : value));

/** `1.25e-05` → 12500000n. What lies below a pico-dollar is rounded half up. */
function picoUsd(decimal) {
  const match = /^(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(decimal);
  if (!match) throw new Error(`not a price: ${decimal}`);
  const [, whole, fraction = '', exponent = '0'] = match;
  const digits = BigInt(whole + fraction);
  const power = Number(exponent) - fraction.length + 12;
  if (power >= 0) return digits * 10n ** BigInt(power);
  const divisor = 10n ** BigInt(-power);
  return (digits + divisor / 2n) / divisor;
}

// In the order of `columns`; every fallback is resolved here, so that a 0 means that it costs nothing.
const columns = ['input', 'cachedInput', 'cacheWrite', 'output', 'reasoning', 'inputAudio', 'outputAudio'];
function pricesOf(model) {
  const of = (name) => (typeof model[name] === 'string' ? picoUsd(model[name]) : undefined);
  const input = of('input_cost_per_token');
  const output = of('output_cost_per_token') ?? (model.mode === 'embedding' ? 0n : undefined);
  if (input === undefined || output === undefined) return undefined;
  return [
    input,
    of('cache_read_input_token_cost') ?? input,
    of('cache_creation_input_token_cost') ?? input,
    output,
    of('output_cost_per_reasoning_token') ?? output,
    of('input_cost_per_audio_token') ?? input,
    of('output_cost_per_audio_token') ?? output,
  ].map(Number);
}

const prices = {};
for (const [key, model] of Object.entries(models)) {
  const row = modes.has(model.mode) && key !== 'sample_spec' ? pricesOf(model) : undefined;
  if (row) prices[key] = [model.litellm_provider ?? '', ...row];
}

const sha256 = createHash('sha256').update(text).digest('hex');
const rows = Object.keys(prices)
  .sort()
  .map((key) => `    ${JSON.stringify(key)}: ${JSON.stringify(prices[key])}`);
const json = `{
  "version": "${date}-${sha256.slice(0, 12)}",
  "columns": ${JSON.stringify(['provider', ...columns])},
  "prices": {
${rows.join(',\n')}
  }
}
`;
writeFileSync(new URL('../catalogue/prices.json', import.meta.url), json);
process.stdout.write(`${rows.length} prices, sha256 ${sha256}\n`);
