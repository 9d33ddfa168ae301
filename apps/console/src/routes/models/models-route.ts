import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from '../project-route.ts';

export type ModelsTab = 'catalogue' | 'providers';

export const modelsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/models',
  validateSearch: (search: Record<string, unknown>): { tab?: ModelsTab } =>
    search['tab'] === 'providers' ? { tab: 'providers' } : {},
  component: lazyRouteComponent(() => import('./models-page.tsx'), 'ModelsPage'),
});

export const modelRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/models/$model',
  component: lazyRouteComponent(() => import('./model-page.tsx'), 'ModelPage'),
});
