import type { InferenceService } from '@llmops/contracts/inference/v1/inference';
import { type EmbeddingRequest, type EmbeddingResponse, InvalidRequestError } from '@llmops/llm-protocol';
import type { Client } from '@llmops/platform/grpc';
import type { Call } from '../call/call.ts';
import { MAX_INT32, unsupported } from './local-request.ts';
import type { WholeAnswer } from './upstream.ts';

/** Embeds with a local model; vectors go out as the client asked, floats or base64 of little-endian float32. */
export async function embedLocally(
  inference: Client<typeof InferenceService>,
  call: Call,
  model: string,
  request: EmbeddingRequest,
): Promise<WholeAnswer<EmbeddingResponse>> {
  const response = await inference.embed(call.context(), { model, inputs: inputsOf(request.input) });
  if (request.dimensions != null && request.dimensions !== response.dimensions) {
    throw unsupported('dimensions', `${call.requestedModel} has ${response.dimensions} dimensions and cannot be cut`);
  }
  const asBase64 = request.encoding_format === 'base64';
  const usage = { prompt_tokens: response.inputTokens, total_tokens: response.inputTokens };
  call.phases.push(
    { name: 'queue', startMs: 0, durationMs: response.queueMs },
    { name: 'compute', startMs: response.queueMs, durationMs: response.computeMs },
  );
  const answer: EmbeddingResponse = {
    object: 'list',
    data: response.vectors.map((vector, index) => ({
      object: 'embedding',
      index,
      embedding: asBase64 ? Buffer.from(vector).toString('base64') : [...toFloats(vector)],
    })),
    model: call.requestedModel,
    usage,
  };
  return { body: JSON.stringify(answer), answer };
}

function inputsOf(input: EmbeddingRequest['input']) {
  if (typeof input === 'string') return [{ input: { case: 'text' as const, value: input } }];
  if (typeof input[0] === 'number') return [tokens(input as number[])];
  return (input as (string | number[])[]).map((one) =>
    typeof one === 'string' ? { input: { case: 'text' as const, value: one } } : tokens(one),
  );
}

function tokens(ids: number[]) {
  const unknown = ids.find((id) => id > MAX_INT32);
  if (unknown !== undefined) {
    throw new InvalidRequestError(`"input": no model has a token ${unknown}.`, 'input', 'invalid_value');
  }
  return { input: { case: 'tokens' as const, value: { ids } } };
}

/** Copied when it does not lie on a multiple of four, as a Float32Array must. */
const toFloats = (bytes: Uint8Array): Float32Array => {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  return new Float32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4);
};
