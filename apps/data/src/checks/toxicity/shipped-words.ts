import words from './shipped-words.json' with { type: 'json' };

/** OFFENSIVE. LDNOOBW's English and Spanish lists, see SOURCE.md. */
export const shippedWords: readonly string[] = words;
