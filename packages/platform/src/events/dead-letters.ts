import type { Nats } from '../nats/index.ts';
import { ensureStream } from './stream.ts';

const ensured = new WeakSet<Nats>();

/** The stream that keeps what no consumer could handle, with its payload, for 90 days: `dead-letters.<durable>`. */
export async function deadLetterStream(nats: Nats): Promise<void> {
  if (ensured.has(nats)) return;
  await ensureStream(nats, { name: 'DEAD_LETTERS', subjects: ['dead-letters.>'], maxAgeMs: 90 * 24 * 3_600_000 });
  ensured.add(nats);
}

/**
 * Publishes the dead letters of one consumer again on their subjects, under new ids, and removes them.
 * Returns how many. The consumer's inbox keeps effects single when a letter had been handled after all.
 */
export async function replayDeadLetters(nats: Nats, durable: string): Promise<number> {
  const manager = await nats.manager();
  let replayed = 0;
  for (;;) {
    const letter = await manager.streams
      .getMessage('DEAD_LETTERS', { next_by_subj: `dead-letters.${durable}`, seq: 0 } as never)
      .catch(() => null);
    if (!letter) return replayed;
    const subject = letter.header.get('llmops-subject');
    await nats.jetstream.publish(subject, letter.data, { msgID: `replay-${durable}-${letter.seq}` });
    await manager.streams.deleteMessage('DEAD_LETTERS', letter.seq, true);
    replayed += 1;
  }
}
