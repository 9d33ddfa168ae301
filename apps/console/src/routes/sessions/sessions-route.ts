import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from '../project-route.ts';

export const sessionsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/sessions',
  component: lazyRouteComponent(() => import('./sessions-page.tsx'), 'SessionsPage'),
});

export const sessionRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/sessions/$session',
  component: lazyRouteComponent(() => import('./session-page.tsx'), 'SessionPage'),
});
