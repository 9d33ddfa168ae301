import { InferenceError } from '../errors.ts';

export class GrammarTooLargeError extends InferenceError {
  constructor(what: string, limit: number) {
    super('inference.schema_too_large', 'invalid_argument', `The JSON schema needs more than ${limit} ${what}.`);
  }
}

export class SchemaInvalidError extends InferenceError {
  constructor(reason: string) {
    super('inference.schema_invalid', 'invalid_argument', `The JSON schema is not usable: ${reason}`);
  }
}

export class SchemaUnsupportedError extends InferenceError {
  constructor(readonly pointers: readonly string[]) {
    super(
      'inference.schema_unsupported',
      'invalid_argument',
      `Strict output cannot enforce ${pointers.slice(0, 10).join(', ')} of the JSON schema; remove it or set "strict" to false.`,
    );
  }
}
