import { until } from '@llmops/testing';
import { inject } from 'vitest';
import { serviceStatus } from './cli.ts';
import './provided.ts';

export const home = inject('home');
export const credentials = inject('credentials');
export const { baseUrl, apiKey, projectId } = credentials;

export const chatModel = 'smollm2-135m-instruct';
export const embeddingModel = 'all-minilm-l6-v2';

const bearer = (key: string) => ({ authorization: `Bearer ${key}`, 'content-type': 'application/json' });

/** `GET` or `POST` on the REST API with the first key, or another; the parsed answer and its status. */
export async function rest(
  path: string,
  body?: unknown,
  key = apiKey,
): Promise<{ status: number; json: Record<string, unknown> }> {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(`${baseUrl}/api/v1${path}`, { ...init, headers: bearer(key) });
  return { status: response.status, json: await response.json() };
}

export const chat = (body: Record<string, unknown>, init: RequestInit = {}): Promise<Response> =>
  fetch(`${baseUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: bearer(apiKey),
    body: JSON.stringify({ model: chatModel, messages: [{ role: 'user', content: 'Say hello.' }], ...body }),
    ...init,
  });

/** The trace of a call, once observability has it. */
export const traceOf = (id: string) =>
  until(async () => {
    const { status, json } = await rest(`/projects/${projectId}/traces/${id}`);
    return status === 200 ? json : undefined;
  }, 30_000);

export async function pidOf(service: string): Promise<number> {
  const status = await until(async () => (await serviceStatus(home)).find(({ name, pid }) => name === service && pid));
  return status.pid!;
}

/** SIGKILL, as a crash or the kernel would. */
export const kill = async (service: string): Promise<void> => {
  process.kill(await pidOf(service), 'SIGKILL');
};

/** Until every service is ready again. */
export const allReady = (timeoutMs = 60_000) =>
  until(async () => {
    const services = await serviceStatus(home);
    return services.length > 6 && services.every(({ ready }) => ready);
  }, timeoutMs);
