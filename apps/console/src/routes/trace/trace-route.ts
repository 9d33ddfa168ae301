import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from '../project-route.ts';

export const traceRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/traces/$trace',
  validateSearch: (search: Record<string, unknown>): { span?: string } =>
    typeof search['span'] === 'string' ? { span: search['span'] } : {},
  component: lazyRouteComponent(() => import('./trace-page.tsx'), 'TracePage'),
});
