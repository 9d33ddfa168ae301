import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type ChatCompletionRequest,
  type CompletionRequest,
  type EmbeddingRequest,
  parseChatRequest,
  parseCompletionRequest,
  parseEmbeddingRequest,
  parseJsonBody,
} from '@llmops/llm-protocol';
import { createTokenMinter } from '@llmops/platform';
import { authenticate } from '../auth/authenticate.ts';
import { callerOfV1 } from '../auth/principal.ts';
import { Call, type Operation } from '../call/call.ts';
import { RefusedRequest } from '../http-refusal.ts';
import { GroundedUpstream } from '../knowledge/grounded-upstream.ts';
import { isGrounded } from '../knowledge/retrieval-request.ts';
import { observeCall } from '../metrics.ts';
import { readBody } from '../read-body.ts';
import { answerStream } from './answer-stream.ts';
import { answerWhole } from './answer-whole.ts';
import type { CallDependencies } from './call-dependencies.ts';
import { failCall } from './fail-call.ts';
import { findRoute } from './find-route.ts';

type Body = ChatCompletionRequest | CompletionRequest | EmbeddingRequest;

const parsers: Record<Operation, (body: unknown) => Body> = {
  chat: parseChatRequest,
  text_completion: parseCompletionRequest,
  embeddings: parseEmbeddingRequest,
};

/** The path of a model call: who, what, where to, there and back, recorded. Everything before the upstream is in memory. */
export function createCallHandler(dependencies: CallDependencies) {
  const { config, directory, upstreams, active } = dependencies;
  const mint = createTokenMinter(config.INTERNAL_TOKEN_PRIVATE_KEY);

  return async (operation: Operation, request: IncomingMessage, response: ServerResponse) => {
    const { headers } = request;
    const call = new Call(operation, headers, config.GATEWAY_TIMEOUT_MS);
    const timer = setTimeout(() => call.end('timeout'), config.GATEWAY_TIMEOUT_MS);
    response.once('close', () => {
      // Closed before everything was written: the client has left.
      if (!response.writableFinished) call.end('client_left');
      active.delete(call);
    });
    try {
      const principal = callerOfV1(authenticate(directory, request), headers['x-llmops-project']);
      // Only now: what nobody we know sends is not kept in memory. Before it is whole there is no call to record.
      const bytes = await wholeBody(call, request, config.GATEWAY_MAX_BODY_BYTES);
      call.principal = principal;
      if (!response.closed) active.add(call);
      const body = parsers[operation](parseJsonBody(bytes));
      describe(call, body);
      call.route = findRoute(directory, call);
      const grounded = operation === 'chat' && isGrounded(body);
      if (grounded || call.route.upstream.case === 'local') call.token = await mint(call.principal);
      const model = upstreams[call.route.upstream.case!];
      const upstream = grounded ? new GroundedUpstream(model, dependencies.retrieval) : model;
      await (call.stream ? answerStream : answerWhole)(dependencies, upstream, call, body, response);
    } catch (error) {
      await failCall(dependencies, call, error, response);
    } finally {
      clearTimeout(timer);
      observeCall(operation, call.httpStatus, call.elapsedMs() / 1000);
    }
  };
}

/** The body's bytes. Throws `RefusedRequest`, or ends the call when the client leaves before they are all here. */
async function wholeBody(call: Call, request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const body = await readBody(request, maxBytes).catch((error: unknown) => {
    call.end('client_left');
    throw error;
  });
  if (Buffer.isBuffer(body)) return body;
  throw new RefusedRequest(body);
}

/** What the record shows of the request. */
function describe(call: Call, body: Body): void {
  const { model, stream, user, metadata, messages, prompt, input, ...parameters } = body as unknown as Record<
    string,
    unknown
  >;
  call.requestedModel = body.model;
  call.stream = stream === true;
  call.endUser = typeof user === 'string' ? user.slice(0, 200) : '';
  call.input = messages ?? prompt ?? input;
  call.parameters = parameters;
  const session = (metadata as Record<string, unknown> | null | undefined)?.['session_id'];
  if (call.sessionId === '' && typeof session === 'string') call.sessionId = session.slice(0, 200);
}
