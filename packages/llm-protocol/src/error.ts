/** `error.type`: what the official clients and most dashboards switch on, beside the HTTP status. */
export type OpenAiErrorType =
  | 'invalid_request_error'
  | 'authentication_error'
  | 'permission_error'
  | 'not_found_error'
  | 'conflict_error'
  | 'unprocessable_entity_error'
  | 'rate_limit_error'
  | 'insufficient_quota'
  | 'timeout_error'
  | 'server_error'
  | 'service_unavailable_error';

/** Body of every answer that is not 2xx, and of an error event inside a stream. */
export interface OpenAiErrorBody {
  error: OpenAiError;
}

export interface OpenAiError {
  message: string;
  type: OpenAiErrorType | (string & {});
  /** The request's field, `messages[0].role`. */
  param: string | null;
  /** `model_not_found`, or the platform's own, `inference.queue_full`. */
  code: string | null;
}
