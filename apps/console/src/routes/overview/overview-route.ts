import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from '../project-route.ts';
import { isRange, type Range } from './ranges.ts';

export const overviewRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/overview',
  validateSearch: (search: Record<string, unknown>): { range?: Range } =>
    isRange(search['range']) ? { range: search['range'] } : {},
  component: lazyRouteComponent(() => import('./overview-page.tsx'), 'OverviewPage'),
});
