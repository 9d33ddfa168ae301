import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBinaries, freePort, startNats } from '@llmops/embedded';
import { ensureBucket } from '@llmops/platform/kv';
import { catalogueKey, pricesBucket } from '@llmops/platform/pricing';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { startPinned } from '../lib/pinned-process.mjs';
import { peersRoot, upstream } from './peers.mjs';

const nowhere = '127.0.0.1:9';
const alias = 'bench/fake';
const project = 'prj_bench';

/**
 * Our gateway as it runs in production: its own process, an API key, a priced route, every call recorded and fsynced by
 * NATS before its answer ends. NATS runs on the load's core, and its CPU time is reported beside the gateway's.
 */
export async function startOurs(name, bundle, core, natsCore, nodeArgs = []) {
  const scratch = mkdtempSync(join(tmpdir(), 'llmops-bench-'));
  const stops = [async () => rmSync(scratch, { recursive: true, force: true })];
  const stop = async () => {
    for (const one of stops.reverse()) await one();
  };
  const nats = await startNats({
    binaries: await ensureBinaries(),
    dataDir: join(scratch, 'nats'),
    port: await freePort(),
    password: randomBytes(12).toString('hex'),
  });
  stops.push(() => nats.stop());
  try {
    execFileSync('taskset', ['-a', '-c', '-p', String(natsCore), String(nats.pid)]);
    const { username, password, host } = new URL(nats.url);
    const connection = await connect({ servers: host, user: username, pass: password });
    stops.push(() => connection.close());
    const apiKey = `llmk_${randomBytes(20).toString('hex')}`;
    await publishDirectory(connection, apiKey);
    const gateway = await startGateway(name, [...nodeArgs, bundle], core, nats.url, {
      authorization: `Bearer ${apiKey}`,
    });
    stops.push(gateway.stop);
    return { ...gateway, natsPid: nats.pid, model: alias, recorded: () => countRecorded(connection), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startGateway(name, args, core, natsUrl, headers) {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const running = await startPinned({
    name,
    core,
    command: process.execPath,
    args,
    env: environment(port, natsUrl),
    logFile: join(peersRoot, 'log', `${name}.log`),
    ready: () => servesTheModel(base, headers),
  });
  return { ...running, url: `${base}/v1/chat/completions`, headers };
}

function environment(port, natsUrl) {
  const der = {
    publicKeyEncoding: { format: 'der', type: 'spki' },
    privateKeyEncoding: { format: 'der', type: 'pkcs8' },
  };
  const keys = generateKeyPairSync('ed25519', der);
  return {
    NODE_ENV: 'production',
    // What the supervisor gives every service.
    NODE_OPTIONS: '--max-semi-space-size=8',
    HTTP_LISTEN: `127.0.0.1:${port}`,
    NATS_URL: natsUrl,
    INTERNAL_TOKEN_PUBLIC_KEY: keys.publicKey.toString('base64'),
    INTERNAL_TOKEN_PRIVATE_KEY: keys.privateKey.toString('base64'),
    MASTER_KEY: randomBytes(32).toString('base64'),
    GOVERNANCE_ADDR: nowhere,
    DATA_ADDR: nowhere,
    MODELS_ADDR: nowhere,
    RETRIEVAL_ADDR: nowhere,
    INFERENCE_ADDR: nowhere,
    OBSERVABILITY_ADDR: nowhere,
    COST_ADDR: nowhere,
  };
}

/** What governance, models and cost would have published: a key, a route to the fake upstream, its price. */
async function publishDirectory(connection, apiKey) {
  const put = async (bucket, key, value) =>
    (await ensureBucket({ jetstream: jetstream(connection) }, bucket)).put(key, JSON.stringify(value));
  await put('credentials', createHash('sha256').update(apiKey).digest('hex'), {
    actor: 'key_bench',
    organizationId: 'org_bench',
    organizationRole: 'ROLE_INFERENCE',
    projectRoles: { [project]: 'ROLE_INFERENCE' },
    defaultProject: project,
    kind: 'KIND_API_KEY',
  });
  await put('routes', `${project}.${Buffer.from(alias).toString('base64url')}`, {
    alias,
    releaseId: 'rel_bench',
    task: 'TASK_CHAT',
    priceKey: alias,
    http: { provider: 'bench', baseUrl: upstream.url, model: 'fake' },
  });
  const [inputPicoUsd, outputPicoUsd] = ['150000', '600000'];
  const price = { key: alias, version: 'bench', inputPicoUsd, outputPicoUsd };
  await put(pricesBucket, catalogueKey, { version: 'bench', prices: [price] });
}

async function servesTheModel(base, headers) {
  try {
    if (!(await fetch(`${base}/readyz`)).ok) return false;
    const { data } = await (await fetch(`${base}/v1/models`, { headers })).json();
    return data?.some(({ id }) => id === alias);
  } catch {
    return false;
  }
}

/** Calls in the stream, and how many of them carry a price: what was answered must all be there. */
async function countRecorded(connection) {
  const manager = await jetstreamManager(connection);
  const { messages } = (await manager.streams.info('GATEWAY')).state;
  const consumer = await jetstream(connection).consumers.get('GATEWAY', { deliver_policy: 'all' });
  const counts = { messages, calls: 0, priced: 0 };
  let read = 0;
  if (messages === 0) return counts;
  for await (const message of await consumer.consume()) {
    const { calls } = message.json().data;
    counts.calls += calls.length;
    counts.priced += calls.filter(({ price }) => price.state === 'STATE_PRICED').length;
    read += 1;
    if (read === messages) break;
  }
  return counts;
}
