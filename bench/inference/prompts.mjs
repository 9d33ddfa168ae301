let count = 0;

/**
 * Messages that share no beginning with earlier ones, so that neither side answers from a state it kept, and that make
 * the model write until it is cut off.
 */
export function nextMessages() {
  count += 1;
  return [
    { role: 'system', content: `Run ${count}: you are a writer of long stories.` },
    { role: 'user', content: `Tell me a very long story about dragon number ${count} and its many friends.` },
  ];
}

/** What the model's own template makes of them; the stack must count as many tokens. */
export const toChatMl = (messages) =>
  `${messages.map(({ role, content }) => `<|im_start|>${role}\n${content}<|im_end|>\n`).join('')}<|im_start|>assistant\n`;
