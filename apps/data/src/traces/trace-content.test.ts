import { create } from '@bufbuild/protobuf';
import { TraceSchema } from '@llmops/contracts/observability/v1/trace';
import { expect, test } from 'vitest';
import { traceContent } from './trace-content.ts';

const messages = [{ role: 'user', content: 'Why?' }];
const choices = [{ message: { role: 'assistant', content: 'Because.' } }];

test('the model call is the content, not what was retrieved before it', () => {
  const trace = create(TraceSchema, {
    summary: { model: 'm' },
    spans: [
      { kind: 'server' },
      { kind: 'internal', name: 'retrieval kb_1', inputJson: '"Why?"', outputJson: '[]' },
      { kind: 'client', inputJson: JSON.stringify(messages), outputJson: JSON.stringify(choices) },
    ],
  });
  expect(traceContent(trace)).toEqual({ input: messages, output: 'Because.', model: 'm' });
});

test('what is cut or not there stays what it is', () => {
  const trace = create(TraceSchema, { spans: [{ kind: 'client', inputJson: '[{"role":"us', outputJson: '' }] });
  expect(traceContent(trace)).toEqual({ input: '[{"role":"us', output: '', model: '' });
});
