import { AppError } from '@llmops/platform/errors';

export const projectNotFound = (id: string) =>
  new AppError({
    code: 'governance.project_not_found',
    category: 'not_found',
    message: `project: ${JSON.stringify(id)} does not exist, or this credential has no access to it.`,
  });
