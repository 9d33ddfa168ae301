import type { ChatCompletionRequest } from './chat-completion.ts';
import { checkMessages } from './chat-message-rules.ts';
import {
  checkBoolean,
  checkInteger,
  checkModel,
  checkObject,
  checkString,
  refuseUse,
  requestFields,
} from './request-field.ts';
import { checkSampling } from './sampling-rules.ts';
import { checkTools } from './tool-rules.ts';

/**
 * Checks the body of `POST /v1/chat/completions` and gives back the same object: nothing is copied, filled in or
 * dropped, so fields of upstreams we do not know pass. Throws InvalidRequestError that names the field and the fix.
 */
export function parseChatRequest(body: unknown): ChatCompletionRequest {
  const fields = requestFields(body);
  checkModel(fields);
  checkMessages(fields['messages']);
  checkSampling(fields);
  checkInteger(fields, 'max_tokens', 1, Number.MAX_SAFE_INTEGER);
  checkInteger(fields, 'max_completion_tokens', 1, Number.MAX_SAFE_INTEGER);
  checkBoolean(fields, 'logprobs');
  checkInteger(fields, 'top_logprobs', 0, 20);
  if (fields['top_logprobs'] && fields['logprobs'] !== true) {
    refuseUse('top_logprobs', 'only allowed beside "logprobs": true');
  }
  checkTools(fields);
  checkBoolean(fields, 'parallel_tool_calls');
  checkString(fields, 'reasoning_effort');
  checkObject(fields, 'metadata');
  return fields as unknown as ChatCompletionRequest;
}
