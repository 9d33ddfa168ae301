import { baseUrl, credentials } from './platform.ts';

/** Signs in as the console does and calls REST with the cookie. */
export async function signIn(): Promise<
  (method: string, path: string, body?: unknown) => Promise<{ status: number; json: Record<string, unknown> }>
> {
  const { email, password } = credentials;
  const response = await fetch(`${baseUrl}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const cookie = response.headers.get('set-cookie')!.split(';')[0]!;
  return async (method, path, body) => {
    const answer = await fetch(`${baseUrl}/api/v1${path}`, {
      method,
      headers: { cookie, 'x-llmops-csrf': '1', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, json: await answer.json() };
  };
}
