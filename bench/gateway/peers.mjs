import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answers, startPinned } from '../lib/pinned-process.mjs';

export const peersRoot = process.env.PEERS_ROOT ?? join(tmpdir(), 'llmops-peers');
const logFile = (name) => join(peersRoot, 'log', `${name}.log`);
const here = import.meta.dirname;
const upstreamPort = 9100;

/** LiteLLM's and TensorZero's configurations name this address. */
export const upstream = { port: upstreamPort, url: `http://127.0.0.1:${upstreamPort}/v1` };

/**
 * The gateways we measure ourselves against, as each one's own guide runs it, with nothing recorded and no budget.
 * `installed` says whether it is there; `start` gives url, headers, pid and `stop`.
 */
export const peers = [
  { name: 'bare relay', installed: () => true, start: startBareRelay },
  { name: 'portkey', installed: () => existsSync(portkeyMain), start: startPortkey },
  { name: 'litellm', installed: () => existsSync(litellmMain), start: startLitellm },
  { name: 'tensorzero', installed: () => existsSync(tensorzeroPython), start: startTensorzero },
];

const portkeyMain = join(peersRoot, 'npm/portkey/node_modules/@portkey-ai/gateway/build/start-server.js');
const litellmMain = join(peersRoot, 'venvs/litellm/bin/litellm');
const tensorzeroPython = join(peersRoot, 'venvs/tensorzero/bin/python');

async function startBareRelay(core) {
  const port = 9101;
  const base = `http://127.0.0.1:${port}/v1`;
  const running = await startPinned({
    name: 'bare relay',
    core,
    command: process.execPath,
    args: [join(here, 'bare-relay.mjs'), JSON.stringify({ port, upstreamPort })],
    logFile: logFile('bare-relay'),
    ready: () => answers(`${base}/models`),
  });
  return { ...running, url: `${base}/chat/completions`, headers: {}, model: 'fake' };
}

async function startPortkey(core) {
  const running = await startPinned({
    name: 'portkey',
    core,
    command: process.execPath,
    args: [portkeyMain, '--port=8787', '--headless'],
    env: { NODE_ENV: 'production' },
    logFile: logFile('portkey'),
    ready: () => answers('http://127.0.0.1:8787/'),
  });
  const headers = {
    authorization: 'Bearer sk-fake',
    'x-portkey-provider': 'openai',
    'x-portkey-custom-host': upstream.url,
  };
  return { ...running, url: 'http://127.0.0.1:8787/v1/chat/completions', headers, model: 'fake' };
}

async function startLitellm(core) {
  const running = await startPinned({
    name: 'litellm',
    core,
    command: litellmMain,
    args: ['--config', join(here, 'litellm.yaml'), '--host', '127.0.0.1', '--port', '4000', '--num_workers', '1'],
    // Without these it fetches a price list, and writes its documentation, at start.
    env: { LITELLM_LOCAL_MODEL_COST_MAP: 'True', NO_DOCS: 'True', LITELLM_LOG: 'ERROR' },
    logFile: logFile('litellm'),
    ready: () => answers('http://127.0.0.1:4000/health/liveliness'),
  });
  const headers = { authorization: 'Bearer sk-bench-0123456789abcdef0123456789abcdef' };
  return { ...running, url: 'http://127.0.0.1:4000/v1/chat/completions', headers, model: 'fake' };
}

async function startTensorzero(core) {
  const urlFile = join(peersRoot, 'tensorzero.url');
  rmSync(urlFile, { force: true });
  const running = await startPinned({
    name: 'tensorzero',
    core,
    command: tensorzeroPython,
    args: [join(here, 'start-tensorzero.py'), join(here, 'tensorzero.toml'), urlFile],
    logFile: logFile('tensorzero'),
    ready: async () => existsSync(urlFile) && statSync(urlFile).size > 0,
  });
  const url = `${readFileSync(urlFile, 'utf8').replace(/\/$/, '')}/chat/completions`;
  return { ...running, url, headers: {}, model: 'tensorzero::model_name::fake' };
}
