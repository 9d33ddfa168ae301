/** The first line the child is given; each line after it is an item. */
export interface TaskRequest {
  readonly task: string;
  readonly input: unknown;
}

/** Work over items that come one by one, with a result at their end. */
export interface Task {
  take(item: unknown): void;
  end(): unknown;
}

/** The first character of the line that the child writes. */
export const lineTag = { result: 'R', error: 'E' } as const;
