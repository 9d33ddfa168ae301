/**
 * Names of the rules by which files become text and text becomes chunks. Change one with every change that makes other
 * text or other chunks: they are part of an index version's digest.
 */
export const PARSER_VERSION = 'parser-1';
export const CHUNKER_VERSION = 'chunker-1';
