import { createRoute, redirect } from '@tanstack/react-router';
import { projectToOpen } from '../api/last-project.ts';
import { NoProject } from '../shell/no-project.tsx';
import { appRoute } from './app-route.ts';

export const indexRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/',
  beforeLoad: ({ context }) => {
    const project = projectToOpen(context.user);
    if (project !== undefined) throw redirect({ to: '/p/$project/overview', params: { project } });
  },
  component: NoProject,
});
