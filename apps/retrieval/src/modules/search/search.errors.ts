import { AppError } from '@llmops/platform/errors';

export const armUnknown = (arm: string, known: readonly string[]) =>
  new AppError({
    code: 'retrieval.arm_unknown',
    category: 'invalid',
    message: `arms: ${arm} is not an arm of this index; it has ${known.join(', ')} and, for all models, dense.`,
    fields: [{ field: 'arms', message: `must be of ${[...known, 'dense'].join(', ')}` }],
  });

export const searchUnavailable = (notes: readonly string[]) =>
  new AppError({
    code: 'retrieval.search_unavailable',
    category: 'unavailable',
    message: `No way of searching this index works now: ${notes.join('; ')}.`,
  });

export const weightInvalid = (arm: string) =>
  new AppError({
    code: 'retrieval.weight_invalid',
    category: 'invalid',
    message: `settings.weights: the weight of ${arm} must be a number from 0 to 1000000.`,
    fields: [{ field: 'settings.weights', message: 'must be numbers from 0 to 1000000' }],
  });
