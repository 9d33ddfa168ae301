import { AppError } from '@llmops/platform/errors';

const invalid = (code: string, field: string, message: string) =>
  new AppError({ code, category: 'invalid', message: `${field}: ${message}`, fields: [{ field, message }] });

export const datasetNotFound = (id: string) =>
  new AppError({
    code: 'data.dataset_not_found',
    category: 'not_found',
    message: `dataset: ${JSON.stringify(id)} does not exist in this project.`,
  });

export const versionNotFound = (version: string) =>
  new AppError({
    code: 'data.version_not_found',
    category: 'not_found',
    message: `version: ${JSON.stringify(version)} is no version, number or tag of this dataset.`,
  });

export const splitNotFound = (split: string, names: string[]) =>
  new AppError({
    code: 'data.split_not_found',
    category: 'not_found',
    message: `split: the version has no split ${JSON.stringify(split)}; it has ${names.join(', ') || 'none'}.`,
  });

export const rowNotFound = (id: string) =>
  new AppError({
    code: 'data.row_not_found',
    category: 'not_found',
    message: `edits: the version has no row ${JSON.stringify(id)}.`,
  });

export const versionBlocked = (id: string) =>
  new AppError({
    code: 'data.version_blocked',
    category: 'conflict',
    message: `version: ${id} failed a check that blocks its use; see its validation report.`,
  });

export const importInvalid = (field: string, message: string) => invalid('data.import_invalid', field, message);

export const deriveInvalid = (field: string, message: string) => invalid('data.derive_invalid', field, message);

export const exportInvalid = (message: string) => invalid('data.export_invalid', 'format', message);

/** What an import had stored was swept away before it was done: it is begun again. */
export const chunksLost = () =>
  new AppError({
    code: 'data.chunks_lost',
    category: 'unavailable',
    message: 'Parts of the version are gone from the object store; the work is tried again.',
  });

export const versionInUse = (id: string) =>
  new AppError({
    code: 'data.version_in_use',
    category: 'conflict',
    message: `dataset: its version ${id} was made into versions of other datasets; their lineage would end nowhere.`,
  });
