import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '@llmops/testing';
import { apiKey, baseUrl, projectId, rest } from './platform.ts';

const usage = { prompt_tokens: 12, completion_tokens: 4, total_tokens: 16 };
const answer = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'fast',
  choices: [{ index: 0, message: { role: 'assistant', content: 'one two three four' }, finish_reason: 'stop' }],
  usage,
};

/** A third party's server that answers at once, registered as a provider of the project: for load that no model limits. */
export async function registerFastProvider(name: string): Promise<{ model: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  // State may be kept between runs: the id is new each time.
  const id = `${name}-${Date.now().toString(36)}`;
  const created = await rest(`/projects/${projectId}/providers`, {
    id,
    baseUrl: `http://127.0.0.1:${port}/v1`,
    models: [{ id: 'fast', task: 'TASK_CHAT', priceKey: 'openai/gpt-4o-mini' }],
  });
  if (created.status !== 200) throw new Error(JSON.stringify(created));
  const model = `${id}/fast`;
  const headers = { authorization: `Bearer ${apiKey}` };
  await until(async () => (await fetch(`${baseUrl}/v1/models/${model}`, { headers })).ok);
  return {
    model,
    close: async () => {
      await fetch(`${baseUrl}/api/v1/projects/${projectId}/providers/${id}`, { method: 'DELETE', headers });
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Calls a model from `callers` sides until told to stop; gives the ids of the calls whose answer came complete. */
export function startLoad(
  model: string,
  callers: number,
): { stop(): Promise<{ acknowledged: string[]; refused: number }> } {
  const acknowledged: string[] = [];
  let refused = 0;
  let running = true;
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'count to four' }] });
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
  const loops = Array.from({ length: callers }, async () => {
    while (running) {
      try {
        const response = await fetch(`${baseUrl}/v1/chat/completions`, { method: 'POST', headers, body });
        await response.text();
        if (response.ok) acknowledged.push(response.headers.get('x-llmops-call-id')!);
        else refused += 1;
      } catch {
        refused += 1;
      }
      await sleep(20);
    }
  });
  return {
    stop: async () => {
      running = false;
      await Promise.all(loops);
      return { acknowledged, refused };
    },
  };
}
