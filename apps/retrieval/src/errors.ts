import { AppError } from '@llmops/platform/errors';

const invalid = (code: string, field: string, message: string) =>
  new AppError({ code, category: 'invalid', message: `${field}: ${message}`, fields: [{ field, message }] });

export const knowledgeBaseNotFound = (id: string) =>
  new AppError({
    code: 'retrieval.knowledge_base_not_found',
    category: 'not_found',
    message: `knowledge_base: ${JSON.stringify(id)} does not exist in this project.`,
  });

export const documentNotFound = (id: string) =>
  new AppError({
    code: 'retrieval.document_not_found',
    category: 'not_found',
    message: `document: ${JSON.stringify(id)} does not exist in this knowledge base.`,
  });

export const indexVersionNotFound = (id: string) =>
  new AppError({
    code: 'retrieval.index_version_not_found',
    category: 'not_found',
    message: `index_version: ${JSON.stringify(id)} does not exist in this knowledge base.`,
  });

export const indexVersionNotReady = (id: string, state: string) =>
  new AppError({
    code: 'retrieval.index_version_not_ready',
    category: 'conflict',
    message: `index_version: ${id} is ${state}; only one that is ready can answer.`,
  });

export const indexVersionInUse = (id: string) =>
  new AppError({
    code: 'retrieval.index_version_in_use',
    category: 'conflict',
    message: `index_version: ${id} is the one that answers; activate another one first.`,
  });

export const nothingToRollBackTo = () =>
  new AppError({
    code: 'retrieval.nothing_to_roll_back_to',
    category: 'conflict',
    message: 'knowledge_base: no index version was live before this one, or it has been deleted.',
  });

export const tooManyIndexVersions = (most: number) =>
  new AppError({
    code: 'retrieval.too_many_index_versions',
    category: 'conflict',
    message: `knowledge_base: has ${most} index versions already, which is the most; delete one that is not live first.`,
  });

export const embeddingModelNotFound = (model: string) =>
  invalid(
    'retrieval.embedding_model_not_found',
    'embedding_models',
    `inference serves no embedding model ${JSON.stringify(model)}`,
  );

export const noEmbeddingModel = (names: readonly string[]) =>
  new AppError({
    code: 'retrieval.no_embedding_model',
    category: 'unavailable',
    message: `None of this installation's embedding models is served at the moment (${names.join(', ')}); try again when one is, or name others in embedding_models.`,
  });

/** Vectors of two builds of a model are not comparable: neither searching nor adding to the index is safe. */
export const embeddingModelChanged = (model: string) =>
  new AppError({
    code: 'retrieval.embedding_model_changed',
    category: 'conflict',
    message: `The files of the embedding model ${model} are not those that this index version was built with; create a new index version and activate it.`,
  });

export const chunkerInvalid = (field: string, message: string) =>
  invalid('retrieval.chunker_invalid', `chunker.${field}`, message);

export const tooManyDocuments = (most: number) =>
  new AppError({
    code: 'retrieval.too_many_documents',
    category: 'exhausted',
    message: `knowledge_base: would hold more than ${most} documents, which is the most; delete some, or use another one.`,
  });

export const documentTooLarge = (sizeBytes: number, most: number) =>
  invalid(
    'retrieval.document_too_large',
    'content',
    `the document has ${sizeBytes} bytes; ${most} is the most. Split it.`,
  );

export const documentInvalid = (field: string, message: string) =>
  invalid('retrieval.document_invalid', field, message);

export const documentNotRead = (id: string) =>
  new AppError({
    code: 'retrieval.document_not_read',
    category: 'conflict',
    message: `document: ${id} could not be read, so it has no text; GetDocument says why.`,
  });

export const pageNotFound = (page: number) =>
  new AppError({
    code: 'retrieval.page_not_found',
    category: 'not_found',
    message: `page: the document has no page ${page} that can be shown; only pages of PDFs can.`,
  });
