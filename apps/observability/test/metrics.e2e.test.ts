import { timestampFromMs, timestampMs } from '@bufbuild/protobuf/wkt';
import { Call_Status } from '@llmops/contracts/gateway/v1/call';
import { MetricsService } from '@llmops/contracts/observability/v1/trace';
import { newTenant, testCall } from '@llmops/testing';
import { expect, test } from 'vitest';
import { client, record, viewerOf } from './harness.ts';

test('a range that ends before it starts, or has too many steps, is refused', async () => {
  const tenant = newTenant();
  const viewer = await viewerOf(tenant);
  const now = Date.now();
  const metrics = (days: number, stepS: number) =>
    client(MetricsService).queryMetrics(viewer, {
      project: tenant.projectId,
      startTime: timestampFromMs(now - days * 86_400_000),
      endTime: timestampFromMs(now),
      stepS,
    });
  await expect(metrics(-1, 0)).rejects.toMatchObject({ code: 'observability.window_invalid' });
  await expect(metrics(90, 60)).rejects.toMatchObject({ code: 'observability.too_many_steps' });
});

test('percentiles are within 5% of the exact ones, steps are equal, empty ones are zeros', async () => {
  const tenant = newTenant();
  const minute = Math.floor(Date.now() / 60_000) * 60_000 - 10 * 60_000;
  const durations = Array.from({ length: 200 }, (_, i) => 5 + i ** 2);
  const calls = durations.map((durationMs, i) =>
    testCall(tenant, {
      durationMs,
      timeToFirstTokenMs: durationMs / 2,
      startTime: timestampFromMs(minute + (i % 2) * 120_000),
      requestedModel: i % 4 === 0 ? 'rare' : 'usual',
      status: i % 10 === 0 ? Call_Status.ERROR : Call_Status.OK,
    }),
  );
  await record(tenant, calls);
  const answer = await client(MetricsService).queryMetrics(await viewerOf(tenant), {
    project: tenant.projectId,
    startTime: timestampFromMs(minute - 60_000),
    endTime: timestampFromMs(minute + 240_000),
    stepS: 60,
  });
  expect(answer.points.map((point) => point.requests)).toEqual([0n, 100n, 0n, 100n, 0n]);
  expect(answer.points.map((point) => timestampMs(point.time!) - minute)).toEqual([
    -60_000, 0, 60_000, 120_000, 180_000,
  ]);
  expect(answer.points[0]).toMatchObject({ errors: 0n, durationP50Ms: 0 });
  expect(answer.total).toMatchObject({ requests: 200n, errors: 20n, inputTokens: 2400n, outputTokens: 1200n });
  expect(answer.models.map(({ model, total }) => [model, total!.requests])).toEqual([
    ['usual', 150n],
    ['rare', 50n],
  ]);
  const near = (actual: number, q: number, factor = 1) => {
    const exact = durations[Math.ceil(q * 200) - 1]! * factor;
    expect(Math.abs(actual - exact) / exact).toBeLessThanOrEqual(0.0501);
  };
  near(answer.total!.durationP50Ms, 0.5);
  near(answer.total!.durationP95Ms, 0.95);
  near(answer.total!.durationP99Ms, 0.99);
  near(answer.total!.timeToFirstTokenP50Ms, 0.5, 0.5);
  near(answer.total!.timeToFirstTokenP95Ms, 0.95, 0.5);
  const hours = await client(MetricsService).queryMetrics(await viewerOf(tenant), {
    project: tenant.projectId,
    startTime: timestampFromMs(minute - 86_400_000),
    endTime: timestampFromMs(minute + 240_000),
    stepS: 3_600,
    model: 'rare',
  });
  expect(hours.total!.requests).toBe(50n);
});
