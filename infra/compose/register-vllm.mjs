// Makes the vLLM container a provider of the first project: its model is then called `vllm/<name>`.
import { readFileSync } from 'node:fs';

const { apiKey, projectId } = JSON.parse(readFileSync('/credentials/credentials.json', 'utf8'));
const providers = `http://gateway:7070/api/v1/projects/${projectId}/providers`;
const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };

async function call(method, url, body) {
  const response = await fetch(url, { method, headers, body: body && JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${text}`);
  return JSON.parse(text);
}

const model = process.env.VLLM_MODEL;
const { providers: known = [] } = await call('GET', providers);
const ours = known.find(({ id }) => id === 'vllm');
if (ours?.models.some(({ id }) => id === model)) {
  console.log(`vllm/${model} is registered`);
} else {
  // It serves another model than last time.
  if (ours) await call('DELETE', `${providers}/vllm`);
  const models = [{ id: model, task: 'TASK_CHAT' }];
  await call('POST', providers, { id: 'vllm', baseUrl: 'http://vllm:8000/v1', models });
  console.log(`vllm/${model} is registered; call it as model "vllm/${model}"`);
}
