import { routeOf, services } from '@llmops/contracts';
import { expect, test } from 'vitest';
import { clientServices, createLlmops } from './llmops.ts';

test('every service with a REST route is in the bundle', () => {
  const routed = Object.values(services)
    .flatMap((group) => [...group])
    .filter((service) => service.methods.some((method) => routeOf(method) !== undefined));
  const bundled = Object.values(clientServices).map((service) => service.typeName);
  expect(routed.map((service) => service.typeName).sort()).toEqual(bundled.sort());
});

test('every RPC with a route is a function', () => {
  const llmops: Record<string, Record<string, unknown>> = createLlmops({ baseUrl: 'http://127.0.0.1:1' });
  for (const [name, service] of Object.entries(clientServices)) {
    for (const method of service.methods.filter(routeOf))
      expect(llmops[name]?.[method.localName]).toBeTypeOf('function');
  }
});
