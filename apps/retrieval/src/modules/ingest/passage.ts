import { createHash } from 'node:crypto';
import type { Chunk } from '../../chunking/index.ts';

const mostHeaderUnits = 160;

/** A name made for files, as words: `vacation_policy-2026.pdf` → `vacation policy 2026`. */
export const titleOfName = (name: string): string =>
  name
    .split('/')
    .at(-1)!
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .replace(/[_-]+/g, ' ')
    .trim();

/** What is embedded for a chunk: what it is from, then what it says. */
export function passageOf(
  title: string,
  { headingPath, prefix, text }: Pick<Chunk, 'headingPath' | 'prefix' | 'text'>,
) {
  const path = headingPath[0] === title || title === '' ? headingPath : [title, ...headingPath];
  let header = path.join(' > ');
  // The nearest headings say the most.
  if (header.length > mostHeaderUnits) header = header.slice(-mostHeaderUnits).replace(/^\S*\s/, '');
  return header === '' ? prefix + text : `${header}\n${prefix}${text}`;
}

export const hashOf = (passage: string): Buffer => createHash('sha256').update(passage).digest();
