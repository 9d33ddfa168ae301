/** What rows are, whatever file they came in. */
export type RowShape = 'table' | 'openai_chat' | 'sharegpt' | 'alpaca' | 'preference' | 'qa' | 'text';
