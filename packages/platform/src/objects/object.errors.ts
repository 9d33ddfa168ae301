import { AppError } from '../errors/index.ts';
import type { ObjectKey } from './object-store.ts';

/** The store has lost what the database speaks of, or it was never there. */
export const objectNotFound = ({ kind, sha256 }: ObjectKey) =>
  new AppError({
    code: 'platform.object_not_found',
    category: 'not_found',
    message: `${kind}: the object ${sha256} is not in the object store.`,
  });

export const objectTooLarge = (maxBytes: number) =>
  new AppError({
    code: 'platform.object_too_large',
    category: 'invalid',
    message: `content: is larger than ${maxBytes} bytes.`,
  });

export const objectsUnavailable = (reason: string, cause: unknown) =>
  new AppError({
    code: 'platform.objects_unavailable',
    category: 'unavailable',
    message: `The object store does not answer: ${reason}.`,
    cause,
  });
