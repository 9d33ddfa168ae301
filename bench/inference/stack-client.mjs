const model = 'smollm2-135m-instruct';

/** One streamed answer through the gateway; resolves with the tokens it reports, and how many pieces came. */
export async function askStack({ baseUrl, apiKey }, messages, maxTokens) {
  const body = { model, messages, max_tokens: maxTokens, temperature: 0, stream: true };
  const response = await fetch(`${baseUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...body, stream_options: { include_usage: true } }),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  let text = '';
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) text += piece;
  const frames = text.split('\n\n').filter((frame) => frame.startsWith('data: {'));
  const { usage } = JSON.parse(frames.at(-1).slice(6));
  if (!usage) throw new Error(`no usage came: ${frames.at(-1)}`);
  return { read: usage.prompt_tokens, written: usage.completion_tokens, pieces: frames.length };
}
