import { type RowPlace, rowInvalid } from './format.errors.ts';
import type { JsonRow } from './row.ts';

/** An article of SQuAD's nested form: paragraphs with a context and questions. */
export const isArticle = (row: JsonRow): boolean => {
  const { paragraphs } = row;
  return (
    Array.isArray(paragraphs) &&
    paragraphs.length > 0 &&
    paragraphs.every((each) => isObject(each) && Array.isArray(each['qas']))
  );
};

/** One row a question, in the flat form: id, title, context, question, answers {text, answer_start}. */
export function articleRows(article: JsonRow, place: RowPlace): JsonRow[] {
  const title = article['title'] ?? null;
  return (article['paragraphs'] as JsonRow[]).flatMap((paragraph) => {
    const { context } = paragraph;
    if (typeof context !== 'string') throw rowInvalid({ ...place, column: 'paragraphs' }, 'a paragraph has no context');
    return (paragraph['qas'] as unknown[]).map((qa) => questionRow(qa, { title, context }, place));
  });
}

function questionRow(qa: unknown, common: { title: unknown; context: string }, place: RowPlace): JsonRow {
  if (!isObject(qa) || typeof qa['question'] !== 'string') {
    throw rowInvalid({ ...place, column: 'paragraphs' }, 'an entry of qas has no question');
  }
  const given = qa['answers'] ?? [];
  if (!Array.isArray(given) || !given.every(isObject)) {
    throw rowInvalid({ ...place, column: 'paragraphs' }, 'answers is not a list of objects');
  }
  return {
    id: qa['id'] ?? null,
    ...common,
    question: qa['question'],
    answers: {
      text: given.map((answer) => answer['text'] ?? ''),
      answer_start: given.map((answer) => answer['answer_start'] ?? -1),
    },
    ...('is_impossible' in qa ? { is_impossible: qa['is_impossible'] } : {}),
  };
}

const isObject = (value: unknown): value is JsonRow =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
