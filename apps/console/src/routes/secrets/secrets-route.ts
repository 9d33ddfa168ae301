import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from '../project-route.ts';

export const secretsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/secrets',
  component: lazyRouteComponent(() => import('./secrets-page.tsx'), 'SecretsPage'),
});
