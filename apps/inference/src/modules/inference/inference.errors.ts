import { AppError } from '../../errors.ts';

export const modelNotFound = (model: string) =>
  new AppError({
    code: 'inference.model_not_found',
    category: 'not_found',
    message: `The model ${JSON.stringify(model)} does not run here; fetch it from the catalogue first, or use another.`,
    param: 'model',
  });

export const artifactUnusable = (model: string, reason: string) =>
  new AppError({
    code: 'inference.artifact_unusable',
    category: 'internal',
    message: `The artifact of ${JSON.stringify(model)} cannot be run: ${reason}.`,
  });
