import { AppError } from '@llmops/platform/errors';

export const secretNotFound = (id: string) =>
  new AppError({
    code: 'governance.secret_not_found',
    category: 'not_found',
    message: `secret: ${JSON.stringify(id)} does not exist in this project.`,
  });

export const secretsForServices = () =>
  new AppError({
    code: 'governance.secret_for_services',
    category: 'forbidden',
    message: 'secret: its value is given to services that act for themselves, to nobody else.',
  });
