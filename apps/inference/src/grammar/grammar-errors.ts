import { AppError } from '../errors.ts';

export class GrammarTooLargeError extends AppError {
  constructor(what: string, limit: number) {
    const message = `The JSON schema needs more than ${limit} ${what}; make it smaller.`;
    super({ code: 'inference.schema_too_large', category: 'invalid', message });
  }
}

export class SchemaInvalidError extends AppError {
  constructor(reason: string) {
    const message = `The JSON schema is not usable: ${reason}.`;
    super({ code: 'inference.schema_invalid', category: 'invalid', message });
  }
}

export class SchemaUnsupportedError extends AppError {
  constructor(pointers: readonly string[]) {
    const named = pointers.slice(0, 10).join(', ');
    const message = `Strict output cannot enforce ${named} of the JSON schema; remove it or set "strict" to false.`;
    super({ code: 'inference.schema_unsupported', category: 'invalid', message });
  }
}
