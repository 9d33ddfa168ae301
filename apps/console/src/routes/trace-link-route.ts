import { createRoute, redirect } from '@tanstack/react-router';
import { projectToOpen } from '../api/last-project.ts';
import { appRoute } from './app-route.ts';

/** `/traces/<id>` without a project, as the CLI and log lines write it: the project last seen is tried. */
export const traceLinkRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/traces/$trace',
  beforeLoad: ({ context, params }) => {
    const project = projectToOpen(context.user);
    if (project === undefined) throw redirect({ to: '/' });
    throw redirect({ to: '/p/$project/traces/$trace', params: { project, trace: params.trace } });
  },
});
