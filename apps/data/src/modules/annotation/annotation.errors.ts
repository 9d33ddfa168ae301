import { AppError } from '@llmops/platform/errors';

export const queueNotFound = (id: string) =>
  new AppError({
    code: 'data.annotation_queue_not_found',
    category: 'not_found',
    message: `queue: ${JSON.stringify(id)} does not exist in this project.`,
  });

export const itemNotFound = (id: string) =>
  new AppError({
    code: 'data.annotation_item_not_found',
    category: 'not_found',
    message: `item: ${JSON.stringify(id)} is not in this queue.`,
  });

export const labelInvalid = (message: string) =>
  new AppError({
    code: 'data.label_invalid',
    category: 'invalid',
    message: `label.${message}.`,
    fields: [{ field: `label.${message.split(':')[0]}`, message }],
  });

export const annotationRefused = (message: string) =>
  new AppError({ code: 'data.annotation_refused', category: 'conflict', message: `item: ${message}.` });

export const annotationInvalid = (field: string, message: string) =>
  new AppError({
    code: 'data.annotation_invalid',
    category: 'invalid',
    message: `${field}: ${message}.`,
    fields: [{ field, message }],
  });
