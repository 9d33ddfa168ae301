import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from '../project-route.ts';
import { parseSourceSearch } from './source-search.ts';

export const sourcesRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/sources',
  component: lazyRouteComponent(() => import('./sources-page.tsx'), 'SourcesPage'),
});

export const sourceRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/sources/$source',
  validateSearch: parseSourceSearch,
  component: lazyRouteComponent(() => import('./source-page.tsx'), 'SourcePage'),
});
