import type {
  ChatRequest,
  CompleteRequest,
  CountTokensRequest,
  EmbedRequest,
  RerankRequest,
  TokenizeRequest,
} from '@llmops/contracts/inference/v1/inference';
import { planChat } from '../chat/plan-chat.ts';
import { readAnswer } from '../chat/read-answer.ts';
import { samplingOf } from '../chat/sampling.ts';
import { templateMessages } from '../chat/template-messages.ts';
import { invalid } from '../errors.ts';
import type { Prompt } from '../replica/protocol.ts';
import type {
  CallOptions,
  ChatChunkInit,
  EmbedderInit,
  EmbedResponseInit,
  Engine,
  EngineDescription,
  RerankResponseInit,
  TokenizeResponseInit,
} from './engine.ts';
import { ManagedReplica, type ReplicaSettings } from './managed-replica.ts';

const PLAIN = { tools: new Set<string>(), schema: undefined, strict: false };

/** A GGUF model in llama.cpp, in a process of its own. */
export class LlamaCppEngine implements Engine {
  readonly replica: ManagedReplica;

  constructor(private readonly settings: Omit<ReplicaSettings, 'engine'>) {
    this.replica = new ManagedReplica({ ...settings, engine: 'llama.cpp' });
  }

  async *chat(request: ChatRequest, options: CallOptions): AsyncGenerator<ChatChunkInit> {
    const { replica } = this;
    // What depends on no model is checked before the queue; the rest when the template is known.
    samplingOf(request.sampling);
    yield* replica.stream(options, (info, { queueMs }) => {
      const plan = planChat(request, info);
      const { unenforced = [] } = plan.schema ?? {};
      if (unenforced.length > 0) this.settings.process.log('parts of a JSON schema are not enforced', { unenforced });
      const events = replica.process.open({ type: 'generate', request: plan.generate }, options.signal);
      return readAnswer(events, plan, { queueMs, replica: replica.process.id });
    });
  }

  async *complete(request: CompleteRequest, options: CallOptions): AsyncGenerator<ChatChunkInit> {
    const { replica } = this;
    const generate = {
      prompt: { kind: 'text', text: request.prompt } as const,
      sampling: samplingOf(request.sampling),
    };
    yield* replica.stream(options, async function* (_info, { queueMs }) {
      const events = replica.process.open({ type: 'generate', request: generate }, options.signal);
      if (request.echo) yield { content: request.prompt };
      yield* readAnswer(events, PLAIN, { queueMs, replica: replica.process.id });
    });
  }

  async embed(request: EmbedRequest): Promise<EmbedResponseInit> {
    throw isChat(request.model, 'an embedding model');
  }

  async tokenize({ texts }: TokenizeRequest, options: CallOptions): Promise<TokenizeResponseInit> {
    return this.replica.tokenize(texts, options);
  }

  async embedder(): Promise<EmbedderInit> {
    throw isChat(this.settings.model, 'an embedding model');
  }

  async rerank({ model }: RerankRequest): Promise<RerankResponseInit> {
    throw isChat(model, 'a reranking model');
  }

  async countTokens({ input }: CountTokensRequest, options: CallOptions): Promise<number> {
    const prompt: Prompt =
      input.case === 'chat'
        ? { kind: 'chat', messages: templateMessages(input.value.messages) }
        : { kind: 'text', text: input.value ?? '' };
    await this.replica.ready(options);
    for await (const event of this.replica.process.open({ type: 'count', prompt }, options.signal)) {
      if (event.kind === 'count') return event.tokens;
    }
    return 0;
  }

  describe(): EngineDescription {
    return this.replica.describe();
  }

  close(): Promise<void> {
    return this.replica.close();
  }
}

const isChat = (model: string, other: string) =>
  invalid('task_unsupported', `"${model}" is a chat model; use ${other}.`, 'model');
