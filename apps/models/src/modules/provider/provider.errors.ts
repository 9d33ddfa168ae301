import { AppError } from '@llmops/platform/errors';

const invalid = (code: string, field: string, message: string) =>
  new AppError({ code, category: 'invalid', message: `${field}: ${message}`, fields: [{ field, message }] });

export const providerNotFound = (id: string) =>
  new AppError({
    code: 'models.provider_not_found',
    category: 'not_found',
    message: `provider: ${JSON.stringify(id)} does not exist in this project.`,
  });

export const providerExists = (id: string) =>
  new AppError({
    code: 'models.provider_exists',
    category: 'conflict',
    message: `id: the project has a provider ${JSON.stringify(id)} already; delete it first, or choose another id.`,
    fields: [{ field: 'id', message: 'is taken' }],
  });

export const providerModelRepeated = (model: string) =>
  invalid('models.provider_model_repeated', 'models', `${JSON.stringify(model)} is listed twice`);

export const baseUrlInvalid = (message: string) => invalid('models.base_url_invalid', 'base_url', message);

/** An address that no provider may have: the platform would be made to call it on a tenant's behalf. */
export const baseUrlForbidden = (message: string) => invalid('models.base_url_forbidden', 'base_url', message);
