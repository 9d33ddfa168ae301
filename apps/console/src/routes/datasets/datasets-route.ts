import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from '../project-route.ts';
import { parseVersionSearch } from './version-search.ts';

interface DatasetsSearch {
  tab?: 'suites';
  q?: string;
}

export const datasetsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/datasets',
  validateSearch: ({ tab, q }: Record<string, unknown>): DatasetsSearch => ({
    ...(tab === 'suites' && { tab }),
    ...((typeof q === 'string' || typeof q === 'number') && q !== '' && { q: String(q) }),
  }),
  component: lazyRouteComponent(() => import('./datasets-page.tsx'), 'DatasetsPage'),
});

export const datasetRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/datasets/$dataset',
  component: lazyRouteComponent(() => import('./dataset-page.tsx'), 'DatasetPage'),
});

export const versionRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/datasets/$dataset/versions/$version',
  validateSearch: parseVersionSearch,
  component: lazyRouteComponent(() => import('./version-page.tsx'), 'VersionPage'),
});
