import type { DescMessage, MessageShape } from '@bufbuild/protobuf';
import { pathToString } from '@bufbuild/protobuf/reflect';
import { createValidator } from '@bufbuild/protovalidate';
import { AppError } from '../errors/index.ts';

const validator = createValidator();

/** Checks a message against the rules of its contract. Throws `platform.invalid_argument` that names every field at fault. */
export function validateMessage<D extends DescMessage>(desc: D, message: MessageShape<D>): void {
  const result = validator.validate(desc, message);
  if (result.kind === 'valid') return;
  if (result.kind === 'error') throw result.error;
  const fields = result.violations.map((violation) => ({
    field: pathToString(violation.field),
    message: violation.message,
  }));
  throw new AppError({
    code: 'platform.invalid_argument',
    category: 'invalid',
    message: fields.map(({ field, message }) => `${field}: ${message}`).join('; '),
    fields,
  });
}
