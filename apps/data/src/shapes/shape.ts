/** What rows are, whatever file they came in. */
export const rowShapes = ['table', 'openai_chat', 'sharegpt', 'alpaca', 'preference', 'qa', 'text'] as const;
export type RowShape = (typeof rowShapes)[number];
