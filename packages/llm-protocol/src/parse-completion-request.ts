import type { CompletionRequest } from './completion.ts';
import { checkBoolean, checkInteger, checkModel, checkString, requestFields } from './request-field.ts';
import { checkSampling } from './sampling-rules.ts';
import { checkTextOrTokens } from './text-or-tokens-rules.ts';

/** Checks the body of `POST /v1/completions`; same terms as `parseChatRequest`. */
export function parseCompletionRequest(body: unknown): CompletionRequest {
  const fields = requestFields(body);
  checkModel(fields);
  checkTextOrTokens(fields['prompt'], 'prompt', true, 2048);
  checkSampling(fields);
  // 0 with `echo` scores a text without continuing it.
  checkInteger(fields, 'max_tokens', 0, Number.MAX_SAFE_INTEGER);
  checkInteger(fields, 'best_of', 1, 20);
  checkInteger(fields, 'logprobs', 0, 5);
  checkBoolean(fields, 'echo');
  checkString(fields, 'suffix');
  return fields as unknown as CompletionRequest;
}
