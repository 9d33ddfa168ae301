import { expect, test } from 'vitest';
import { rewriteQuery } from './rewrite-query.ts';

const earlier = ['What is a JetStream consumer?'];

test.each(['And how do I delete it?', 'why?', 'What about streams?', 'more', '它怎么删除？', 'Is it durable?'])(
  '%s is searched for with what was said before',
  (message) => expect(rewriteQuery(message, earlier)).toBe(`${earlier[0]}\n${message}`),
);

test.each([
  'How do I configure TLS between leaf nodes and the hub cluster?',
  'Which ports does the monitoring endpoint use by default?',
  'NATS 集群如何选举领导者？',
])('%s says enough by itself', (message) => expect(rewriteQuery(message, earlier)).toBeUndefined());

test('the first message is searched for as it is', () => {
  expect(rewriteQuery('why?', [])).toBeUndefined();
  expect(rewriteQuery('why?', [' '])).toBeUndefined();
});
