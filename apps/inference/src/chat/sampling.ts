import { randomInt } from 'node:crypto';
import type { SamplingOptions } from '@llmops/contracts/inference/v1/inference';
import { invalid } from '../errors.ts';
import type { Sampling } from '../replica/protocol.ts';

/** llama.cpp's own defaults: what small models are usually judged with. */
const DEFAULTS = { temperature: 0.8, topP: 0.95, topK: 40, minP: 0.05 };
const MAX_STOPS = 16;

/** @throws AppError `inference.sampling_invalid`, which names the field. */
export function samplingOf(options: SamplingOptions | undefined): Sampling {
  check('temperature', options?.temperature, 0, 5);
  check('top_p', options?.topP, 0, 1);
  check('min_p', options?.minP, 0, 1);
  check('top_k', options?.topK, 0, 1_000_000);
  check('frequency_penalty', options?.frequencyPenalty, -2, 2);
  check('presence_penalty', options?.presencePenalty, -2, 2);
  check('max_tokens', options?.maxTokens, 1, 2 ** 31);
  check('top_logprobs', options?.topLogprobs, 0, 20);
  for (const bias of Object.values(options?.logitBias ?? {})) check('logit_bias', bias, -100, 100);
  if ((options?.stop.length ?? 0) > MAX_STOPS) throw outside('stop', `at most ${MAX_STOPS} texts`);
  if (options?.stop.includes('')) throw outside('stop', 'texts that are not empty');
  return {
    temperature: options?.temperature ?? DEFAULTS.temperature,
    topP: options?.topP ?? DEFAULTS.topP,
    topK: options?.topK ?? DEFAULTS.topK,
    minP: options?.minP ?? DEFAULTS.minP,
    // The engine would seed with the second of the day: equal for all requests in it.
    seed: options?.seed === undefined ? randomInt(2 ** 32) : Number(BigInt.asUintN(32, options.seed)),
    frequencyPenalty: options?.frequencyPenalty ?? 0,
    presencePenalty: options?.presencePenalty ?? 0,
    logitBias: options?.logitBias ?? {},
    maxTokens: options?.maxTokens,
    stop: options?.stop ?? [],
    topLogprobs: options?.logprobs ? options.topLogprobs : undefined,
  };
}

function check(field: string, value: number | undefined, min: number, max: number): void {
  if (value !== undefined && !(value >= min && value <= max)) throw outside(field, `from ${min} to ${max}`);
}

const outside = (field: string, allowed: string) => invalid('sampling_invalid', `${field} must be ${allowed}.`, field);
