/** The part of a document that is shown marked: of its text, or of its whole when nothing is said. */
export interface Passage {
  start?: number;
  end?: number;
  /** Counted from 1. */
  page?: number;
}

const count = (value: unknown): number | undefined => {
  const number = Number(value);
  return value !== undefined && Number.isInteger(number) && number >= 0 ? number : undefined;
};

export function parsePassage(search: Record<string, unknown>): Passage {
  const [start, end, page] = [count(search['start']), count(search['end']), count(search['page'])];
  return {
    ...(start !== undefined && end !== undefined && start < end ? { start, end } : {}),
    ...(page ? { page } : {}),
  };
}
