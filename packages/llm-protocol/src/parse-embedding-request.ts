import type { EmbeddingRequest } from './embedding.ts';
import { checkInteger, checkModel, checkString, refuse, refuseValue, requestFields } from './request-field.ts';
import { checkTextOrTokens } from './text-or-tokens-rules.ts';

/** Checks the body of `POST /v1/embeddings`; same terms as `parseChatRequest`. */
export function parseEmbeddingRequest(body: unknown): EmbeddingRequest {
  const fields = requestFields(body);
  checkModel(fields);
  checkTextOrTokens(fields['input'], 'input', false, 2048);
  const format = fields['encoding_format'];
  if (format !== undefined && format !== null && format !== 'float' && format !== 'base64') {
    if (typeof format !== 'string') refuse('encoding_format', 'float or base64', format);
    refuseValue('encoding_format', 'float or base64', format);
  }
  checkInteger(fields, 'dimensions', 1, 65_536);
  checkString(fields, 'user');
  return fields as unknown as EmbeddingRequest;
}
