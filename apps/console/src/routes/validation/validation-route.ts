import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from '../project-route.ts';

/** One suite; `new` is the one that is being written. */
export const suiteRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/validation/$suite',
  component: lazyRouteComponent(() => import('./suite-page.tsx'), 'SuitePage'),
});
