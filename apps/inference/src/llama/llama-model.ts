import { getLlama, type Llama, type LlamaContext, type LlamaModel, type Token } from 'node-llama-cpp';
import type { LlamaReplicaOptions, Prompt } from '../replica/protocol.ts';
import { ChatTemplate, type PromptPart, TemplateError } from './chat-template.ts';
import { TokenBytes } from './token-bytes.ts';

export interface LoadedModel {
  readonly llama: Llama;
  readonly model: LlamaModel;
  readonly context: LlamaContext;
  readonly bytes: TokenBytes;
  readonly template: ChatTemplate | undefined;
}

/** Loads weights and makes the context that all slots share. */
export async function loadModel(options: LlamaReplicaOptions): Promise<LoadedModel> {
  const { threads } = options;
  const llama = await getLlama({
    gpu: options.gpu ? 'auto' : false,
    build: 'never',
    maxThreads: threads,
    logLevel: 'error' as never,
  });
  const model = await llama.loadModel({ modelPath: options.modelPath });
  const context = await model.createContext({
    contextSize: Math.min(options.contextTokens, model.trainContextSize),
    sequences: options.slots,
    batchSize: options.batchTokens,
    threads,
  });
  const bytes = new TokenBytes(model);
  const source = model.fileInfo.metadata.tokenizer.chat_template;
  const named = { bos: model.tokens.bosString ?? '', eos: model.tokens.eosString ?? '' };
  const template = source ? new ChatTemplate(source, named, bytes.controlTexts()) : undefined;
  return { llama, model, context, bytes, template };
}

/** @throws TemplateError */
export function tokenize({ model, template }: LoadedModel, prompt: Prompt): Token[] {
  let parts: PromptPart[];
  if (prompt.kind === 'text') parts = [{ text: prompt.text, special: true }];
  else if (template) parts = template.render(prompt);
  else throw new TemplateError('the model file has no chat template; use completions');
  const tokens = parts.flatMap(({ text, special }) => [
    ...model.tokenize(text, special, special ? undefined : 'trimLeadingSpace'),
  ]);
  const { bos, shouldPrependBosToken } = model.tokens;
  if (shouldPrependBosToken && bos !== null && tokens[0] !== bos) tokens.unshift(bos);
  return tokens;
}
