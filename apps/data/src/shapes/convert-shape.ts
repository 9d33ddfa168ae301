import type { JsonRow } from '../formats/index.ts';
import { contentText, type Message, ShapeError, textOf, without } from './dialogue.ts';
import { answerOf, firstAnswer, promptOf, readDialogue } from './read-dialogue.ts';
import type { RowShape } from './shape.ts';
import { toAlpaca, toOpenAiChat, toShareGpt, toText } from './write-dialogue.ts';

/** The row in another shape; columns that belong to no shape are kept. Throws {@link ShapeError}. */
export function convertShape(row: JsonRow, from: RowShape, to: RowShape): JsonRow {
  if (from === to && from !== 'preference') return row;
  switch (to) {
    case 'table':
      return row;
    case 'openai_chat':
      return toOpenAiChat(readDialogue(row, from));
    case 'sharegpt':
      return toShareGpt(readDialogue(row, from));
    case 'alpaca':
      return from === 'qa' ? qaToAlpaca(row) : toAlpaca(readDialogue(row, from));
    case 'text':
      return toText(readDialogue(row, from));
    case 'preference':
      return toPreference(row, from);
    case 'qa':
      throw new ShapeError('', `rows of the shape ${from} name no question and answers`);
  }
}

const qaToAlpaca = (row: JsonRow): JsonRow => ({
  instruction: textOf(row['question']),
  input: textOf(row['context']),
  output: firstAnswer(row),
  ...without(row, 'question', 'context', 'answers', 'answer', 'is_impossible'),
});

/** `{prompt, chosen, rejected}`: texts, or lists of messages where the prompt is more than one question. */
function toPreference(row: JsonRow, from: RowShape): JsonRow {
  if (from !== 'preference') throw new ShapeError('', `rows of the shape ${from} hold no pair of answers`);
  const prompt = promptOf(row);
  const chosen = answerOf(row, 'chosen');
  const rejected = answerOf(row, 'rejected');
  const rest = without(row, 'prompt', 'conversations', 'messages', 'chosen', 'rejected', 'system');
  const plain = prompt.length === 1 && [...prompt, chosen, rejected].every(isPlain);
  return plain
    ? { prompt: contentText(prompt[0]!), chosen: contentText(chosen), rejected: contentText(rejected), ...rest }
    : { prompt, chosen: [chosen], rejected: [rejected], ...rest };
}

const isPlain = (message: Message): boolean =>
  typeof message.content === 'string' && Object.keys(message).every((key) => key === 'role' || key === 'content');
