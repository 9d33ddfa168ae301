import { createRoute, notFound, redirect } from '@tanstack/react-router';
import { rememberProject } from '../api/last-project.ts';
import { NotFound } from '../shell/not-found.tsx';
import { PageError } from '../shell/page-error.tsx';
import { appRoute } from './app-route.ts';

/** Pages of one project; another tenant's id is as unknown as one that never was. */
export const projectRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/p/$project',
  beforeLoad: ({ context, params, location }) => {
    if (!context.user.projectRoles.some((entry) => entry.project === params.project)) throw notFound();
    rememberProject(params.project);
    if (location.pathname.replace(/\/$/, '') === `/p/${params.project}`) {
      throw redirect({ to: '/p/$project/overview', params });
    }
  },
  notFoundComponent: NotFound,
  errorComponent: PageError,
});
