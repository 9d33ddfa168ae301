import type { OpenAiErrorBody } from './error.ts';
import { openAiErrorBody } from './error-body.ts';

/** A request the caller must change: answered with 400 and `toBody()`. */
export class InvalidRequestError extends Error {
  override readonly name = 'InvalidRequestError';
  readonly status = 400;
  /** The field, `messages[0].role`; null when the body as a whole is wrong. */
  readonly param: string | null;
  /** `missing_required_parameter`, `invalid_type`, `invalid_value`, `invalid_json`, `json_too_deep`. */
  readonly code: string;

  constructor(message: string, param: string | null, code: string) {
    super(message);
    this.param = param;
    this.code = code;
  }

  toBody(): OpenAiErrorBody {
    return openAiErrorBody({
      message: this.message,
      type: 'invalid_request_error',
      param: this.param,
      code: this.code,
    });
  }
}
