import { type LlamaModel, type SequenceEvaluateOptions, type Token, TokenBias } from 'node-llama-cpp';
import type { Sampling } from '../replica/protocol.ts';

/** Penalties look at this many of the last tokens. */
const PENALTY_WINDOW = 64;

/** Our sampling options in the engine's terms. `generated` is read anew for each token. */
export function evaluateOptions(
  model: LlamaModel,
  sampling: Sampling,
  generated: readonly Token[],
): SequenceEvaluateOptions {
  const { frequencyPenalty, presencePenalty, logitBias } = sampling;
  const biases = Object.entries(logitBias);
  const bias = biases.length > 0 ? new TokenBias(model.tokenizer) : undefined;
  for (const [token, logit] of biases) bias?.set(Number(token) as Token, logit <= -100 ? 'never' : { logit });
  const penalised = frequencyPenalty !== 0 || presencePenalty !== 0;
  return {
    temperature: sampling.temperature,
    topP: sampling.topP,
    topK: sampling.topK,
    minP: sampling.minP,
    seed: sampling.seed,
    ...(bias ? { tokenBias: bias } : {}),
    ...(penalised
      ? {
          repeatPenalty: {
            punishTokens: () => generated.slice(-PENALTY_WINDOW),
            penalty: 1,
            frequencyPenalty,
            presencePenalty,
          },
        }
      : {}),
  };
}
