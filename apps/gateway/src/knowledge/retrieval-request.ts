import { fromJson, type JsonValue, type MessageShape } from '@bufbuild/protobuf';
import { BuildContextRequestSchema } from '@llmops/contracts/retrieval/v1/search';
import { type ChatCompletionRequest, InvalidRequestError, textOfContent } from '@llmops/llm-protocol';

type BuildContextRequest = MessageShape<typeof BuildContextRequestSchema>;

/** A chat request that says which knowledge base its answer is to come from. */
export interface GroundedRequest extends ChatCompletionRequest {
  retrieval: Record<string, unknown>;
}

export const isGrounded = (request: object): request is GroundedRequest =>
  'retrieval' in request && request.retrieval !== undefined && request.retrieval !== null;

// What the edge itself fills in.
const ours = ['project', 'query', 'earlierUserMessages', 'earlier_user_messages', 'model'];

/**
 * `retrieval` of a chat request as `retrieval` takes it: `knowledgeBase` (or `knowledge_base`), and any of `k`, `filter`,
 * `principals`, `settings`, `maxTokens`, `indexVersion`. Throws InvalidRequestError that names the field.
 */
export function readRetrieval(request: GroundedRequest, project: string, model: string): BuildContextRequest {
  const { retrieval, messages } = request;
  if (typeof retrieval !== 'object' || Array.isArray(retrieval)) {
    refuse('retrieval', 'expected an object such as {"knowledgeBase": "kb_…"}');
  }
  const reserved = Object.keys(retrieval).find((name) => ours.includes(name));
  if (reserved !== undefined) refuse(`retrieval.${reserved}`, 'not a field of it');
  const asked = messages.filter(({ role }) => role === 'user').map(({ content }) => textOfContent(content ?? ''));
  const query = asked.pop()?.trim();
  if (!query) refuse('messages', 'with "retrieval" the last user message must hold a question as text');
  const built = parse(retrieval);
  if (built.knowledgeBase === '') refuse('retrieval.knowledgeBase', 'required; the id of a knowledge base, "kb_…"');
  return { ...built, project, model, query: query!.slice(0, 32_000), earlierUserMessages: asked.slice(-20) };
}

/** Each member is tried alone to find the one at fault: protobuf's own message names it for some kinds of value only. */
function parse(retrieval: Record<string, unknown>): BuildContextRequest {
  try {
    return fromJson(BuildContextRequestSchema, retrieval as JsonValue);
  } catch (error) {
    for (const [name, value] of Object.entries(retrieval)) {
      try {
        fromJson(BuildContextRequestSchema, { [name]: value } as JsonValue);
      } catch (cause) {
        refuse(`retrieval.${name}`, (cause as Error).message.replace(/^cannot decode .*? from JSON: /, ''));
      }
    }
    return refuse('retrieval', (error as Error).message);
  }
}

function refuse(param: string, message: string): never {
  throw new InvalidRequestError(`"${param}": ${message}.`, param, 'invalid_value');
}
