const mostEarlier = 500;
/** Words that point at something said before, at the beginning or as what is asked about. */
const pointing =
  /^(?:and|or|but|so|also|then|what about|how about|why(?: not)?\??$|und|oder|aber|was ist mit|et|mais|y|pero)\b|\b(?:it|its|they|them|their|this|that|these|those|he|she|him|her|his|the (?:same|latter|former|first|second|other)|es|sie|er|dies\w*|ça|cela|ils?|elles?|eso|esto|ellos?)\b|它|他们|她|这个|那个|それ|これ/iu;
const function_ =
  /^(?:a|an|the|is|are|was|were|be|do|does|did|can|could|will|would|should|of|in|on|at|to|for|with|by|from|and|or|not|what|which|who|whom|when|where|why|how|it|its|they|them|their|this|that|these|those|he|she|him|her|his|about|more|me|tell|explain|please|there|i|you|we|if|same|any|some|many|much)$/i;

/**
 * What to search for: the last message, with the one before it in front when it says too little alone. Undefined when the
 * message itself is searched for.
 */
export function rewriteQuery(message: string, earlier: readonly string[]): string | undefined {
  const before = earlier.findLast((text) => text.trim() !== '');
  if (before === undefined) return undefined;
  const words = message.toLowerCase().match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? [];
  const content = words.filter((word) => !function_.test(word));
  const isUnspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(message);
  const isShort = isUnspaced ? message.trim().length <= 8 : content.length <= 1;
  const pointsBack = pointing.test(message.trim()) && (isUnspaced ? message.length <= 24 : content.length <= 4);
  if (!isShort && !pointsBack) return undefined;
  return `${before.trim().slice(-mostEarlier)}\n${message}`;
}
