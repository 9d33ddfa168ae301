import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from '../project-route.ts';
import { parseTraceSearch } from './trace-search.ts';

export const tracesRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/traces',
  validateSearch: parseTraceSearch,
  component: lazyRouteComponent(() => import('./traces-page.tsx'), 'TracesPage'),
});
