import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { EmbedRequestSchema, EmbedResponseSchema, InferenceService } from '@llmops/contracts/inference/v1/inference';
import { AppError, toServiceError } from '@llmops/platform/errors';

export const embedderModel = 'words';
const dimensions = 64;

/** Stands where inference would: texts that share words are near, and words of one meaning are the same word. */
export async function startWordEmbedder(meanings: Record<string, string>) {
  const server = new Server();
  const method = InferenceService.method.embed;
  server.addService(
    {
      embed: {
        path: `/${InferenceService.typeName}/${method.name}`,
        requestStream: false,
        responseStream: false,
        requestDeserialize: (bytes: Buffer) => fromBinary(EmbedRequestSchema, bytes),
        requestSerialize: (message) => Buffer.from(toBinary(EmbedRequestSchema, message as never)),
        responseSerialize: (message) => Buffer.from(toBinary(EmbedResponseSchema, message as never)),
        responseDeserialize: (bytes: Buffer) => fromBinary(EmbedResponseSchema, bytes),
      },
    },
    {
      embed: (
        call: { request: ReturnType<typeof create<typeof EmbedRequestSchema>> },
        answer: (error: ReturnType<typeof toServiceError> | null, value?: unknown) => void,
      ) => {
        const { model, inputs } = call.request;
        if (model !== embedderModel) {
          const code = 'inference.model_not_found';
          return answer(toServiceError(new AppError({ code, category: 'not_found', message: `no model ${model}` })));
        }
        const vectors = inputs.map(({ input }) => embedWords(String(input.value), meanings));
        answer(null, create(EmbedResponseSchema, { vectors, dimensions }));
      },
    },
  );
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { address: `127.0.0.1:${port}`, stop: () => server.forceShutdown() };
}

/** Little-endian float32 of unit length. */
function embedWords(text: string, meanings: Record<string, string>): Uint8Array {
  const sum = new Float32Array(dimensions);
  for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? []) {
    let state = 2_166_136_261;
    for (const char of meanings[word] ?? word) state = Math.imul(state ^ char.codePointAt(0)!, 16_777_619);
    for (let at = 0; at < dimensions; at++) {
      state = Math.imul(state ^ (state >>> 15), 2_246_822_507) + 0x9e3779b9;
      sum[at]! += (state >>> 8) / 2 ** 23 - 1;
    }
  }
  const length = Math.hypot(...sum) || 1;
  const bytes = Buffer.alloc(dimensions * 4);
  for (const [at, value] of sum.entries()) bytes.writeFloatLE(value / length, at * 4);
  return bytes;
}
