import { expect, test } from 'vitest';
import { CallsCompletedSchema } from '../gen/llmops/gateway/v1/call_pb.js';
import { accessOf, eventOf, routeOf, services } from './index.ts';

const methods = Object.values(services).flatMap((group) => group.flatMap((service) => service.methods));

test('every method declares who may call it', () => {
  expect(methods.length).toBeGreaterThan(20);
  for (const method of methods) expect(() => accessOf(method)).not.toThrow();
});

test('no two methods share a REST route', () => {
  const routes = methods.flatMap((method) => routeOf(method) ?? []).map((route) => `${route.verb} ${route.path}`);
  expect(new Set(routes).size).toBe(routes.length);
});

test('a project-scoped method names its project in the request', () => {
  for (const method of methods) {
    const access = accessOf(method);
    if (access.internal || access.scope !== 1) continue;
    expect(method.input.field.project, `${method.parent.typeName}/${method.name}`).toBeDefined();
  }
});

test('an event names its subject and stream', () => {
  expect(eventOf(CallsCompletedSchema)).toEqual({ subject: 'llmops.gateway.calls.completed.v1', stream: 'GATEWAY' });
});
