import { Job_State } from '@llmops/contracts/jobs/v1/job';
import { until } from '@llmops/testing';
import { expect, test } from 'vitest';
import { llmops } from './support/knowledge.ts';
import { chat, projectId as project, traceOf } from './support/platform.ts';

test('calls that were traced become rows of a dataset, with what was asked, answered and spent', async () => {
  const response = await chat({ messages: [{ role: 'user', content: 'Say the word marmalade.' }], max_tokens: 8 });
  const { choices } = (await response.json()) as { choices: [{ message: { content: string } }] };
  const trace = await traceOf(response.headers.get('x-llmops-call-id')!);
  const { id: dataset } = await llmops.datasets.createDataset({ project, displayName: 'production' });
  const origin = { case: 'traces' as const, value: { query: 'marmalade', maxRows: 5 } };
  const { id: job } = await llmops.datasets.importVersion({ project, dataset, input: { origin } });
  const { resource: version } = await until(async () => {
    const one = await llmops.dataJobs.getDataJob({ project, job });
    if (one.state === Job_State.FAILED) throw new Error(one.error?.message);
    return one.state === Job_State.SUCCEEDED ? one : undefined;
  }, 30_000);
  const { rows } = await llmops.datasets.listRows({ project, dataset, version });
  const found = rows
    .map(({ json }) => JSON.parse(json) as Record<string, unknown>)
    .find((row) => row['trace_id'] === (trace['summary'] as { traceId: string }).traceId);
  expect(found).toMatchObject({
    input: [{ role: 'user', content: 'Say the word marmalade.' }],
    output: choices[0].message.content,
    status: 'ok',
  });
  expect(found!['output_tokens']).toBeGreaterThan(0);
  const { lineage } = await llmops.datasets.getVersion({ project, dataset, version });
  expect(lineage).toMatchObject({ operation: 'traces', job });
});
