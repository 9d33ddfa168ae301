import { AppError } from '@llmops/platform/errors';

export const windowInvalid = () =>
  new AppError({
    code: 'cost.window_invalid',
    category: 'invalid',
    message: 'end_time: must lie after start_time.',
    fields: [{ field: 'end_time', message: 'must lie after start_time' }],
  });

export const tooManySteps = (count: number, max: number) =>
  new AppError({
    code: 'cost.too_many_steps',
    category: 'invalid',
    message: `step_s: the range would have ${count} steps, at most ${max} are allowed. Take a longer step or a shorter range.`,
    fields: [{ field: 'step_s', message: `must give at most ${max} steps` }],
  });
