import { ApiError } from '@llmops/sdk';
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { currentUserQuery } from '../api/current-user.ts';
import { PageError } from '../shell/page-error.tsx';
import { rootRoute } from './root-route.ts';

/** Everything that needs a signed-in user. */
export const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'app',
  beforeLoad: async ({ context, location }) => {
    try {
      return { user: await context.queryClient.ensureQueryData(currentUserQuery) };
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      throw redirect({ to: '/login', search: location.pathname === '/' ? {} : { redirect: location.href } });
    }
  },
  component: lazyRouteComponent(() => import('../shell/app-shell.tsx'), 'AppShell'),
  errorComponent: PageError,
});
