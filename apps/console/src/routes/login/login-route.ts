import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../root-route.ts';

export const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  validateSearch: (search: Record<string, unknown>): { redirect?: string } => {
    const target = search['redirect'];
    // Only paths of this site, and not `//host`: the link may have been crafted.
    return typeof target === 'string' && /^\/(?![/\\])/.test(target) ? { redirect: target } : {};
  },
  component: lazyRouteComponent(() => import('./login-page.tsx'), 'LoginPage'),
});
