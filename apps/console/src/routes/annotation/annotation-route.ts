import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from '../project-route.ts';
import { type QueueTab, queueTabs } from './queue-tabs.ts';

export const annotationRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/annotation',
  component: lazyRouteComponent(() => import('./queues-page.tsx'), 'QueuesPage'),
});

export const queueRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/annotation/$queue',
  validateSearch: (search: Record<string, unknown>): { tab?: QueueTab } => {
    const tab = queueTabs.find((candidate) => candidate === search['tab']);
    return tab && tab !== 'items' ? { tab } : {};
  },
  component: lazyRouteComponent(() => import('./queue-page.tsx'), 'QueuePage'),
});

export const labelRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/annotation/$queue/label',
  component: lazyRouteComponent(() => import('./label-page.tsx'), 'LabelPage'),
});
