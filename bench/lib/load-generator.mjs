// Loads one OpenAI-compatible endpoint and prints one line of JSON with exact percentiles. A process of its own, so that
// it can sit on another core than what it loads. Loopback only; bounded in count and time.
// node load-generator.mjs '{"url", "headers", "body", "concurrency", "requests", "warmUp", "timeLimitMs"}'
import { createHash } from 'node:crypto';
import http from 'node:http';
import { quantile, round } from './statistics.mjs';

const options = JSON.parse(process.argv[2]);
const url = new URL(options.url);
if (!['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)) throw new Error('Only the loopback may be loaded.');

const { concurrency, requests, warmUp = 0, timeLimitMs = 15_000 } = options;
const stream = options.body.stream === true;
const body = JSON.stringify(options.body);
const headers = { ...options.headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
const agent = new http.Agent({ keepAlive: true, maxSockets: concurrency });

function once() {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    let firstMs = 0;
    let reads = 0;
    let text = '';
    const fail = (error) => resolve({ ok: false, why: String(error.code ?? error) });
    const request = http.request(url, { method: 'POST', headers, agent }, (response) => {
      response.setEncoding('utf8');
      response.on('data', (piece) => {
        if (reads === 0) firstMs = performance.now() - startedAt;
        reads += 1;
        text += piece;
      });
      response.on('error', fail);
      response.on('end', () => {
        const ok = response.statusCode === 200 && text.includes(stream ? 'data: [DONE]' : '"choices"');
        const why = ok ? undefined : `${response.statusCode} ${text.slice(0, 160)}`;
        resolve({ ok, why, ms: performance.now() - startedAt, firstMs, reads, text });
      });
    });
    request.on('error', fail);
    request.end(body);
  });
}

let sent = 0;
for (; sent < warmUp; sent += 1) await once();

const good = [];
const frames = new Set();
const digests = new Set();
let failed = 0;
let why;
let left = requests;
const startedAt = performance.now();

async function work() {
  while (left-- > 0 && performance.now() - startedAt < timeLimitMs) {
    sent += 1;
    const result = await once();
    if (!result.ok) {
      failed += 1;
      why = result.why;
      continue;
    }
    frames.add(result.text.split('\n\n').length - 1);
    digests.add(createHash('sha256').update(result.text).digest('hex').slice(0, 16));
    good.push({ ms: result.ms, firstMs: result.firstMs, reads: result.reads });
  }
}
await Promise.all(Array.from({ length: concurrency }, work));
const seconds = (performance.now() - startedAt) / 1000;

const of = (key, p) =>
  good.length === 0
    ? undefined
    : round(
        quantile(
          good.map((one) => one[key]),
          p,
        ),
        3,
      );
console.log(
  JSON.stringify({
    sent,
    ok: good.length,
    failed,
    why,
    perSecond: round(good.length / seconds, 1),
    p50Ms: of('ms', 0.5),
    p99Ms: of('ms', 0.99),
    first50Ms: of('firstMs', 0.5),
    first99Ms: of('firstMs', 0.99),
    reads50: of('reads', 0.5),
    // One value each when every answer was the same.
    frames: [...frames].sort((a, b) => a - b),
    digests: [...digests].slice(0, 3),
  }),
);
process.exit(0);
