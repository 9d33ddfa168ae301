import { endingOf } from './parsed-store.ts';

/** 0 for what is surely plain text, which is read in this process; 1 for what may need a parser's. A guess for scheduling. */
export function laneOf(displayName: string, mediaType: string): 0 | 1 {
  const ending = endingOf(displayName);
  const plainName = ending === '' || ending === 'txt' || ending === 'log';
  const type = mediaType.split(';')[0]!.trim().toLowerCase();
  return plainName && (type === 'text/plain' || type === '') ? 0 : 1;
}
