import { type CurrentUser, type ProjectRole } from '@llmops/contracts/governance/v1/identity';
import { Role } from '@llmops/contracts/options/v1/options';
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { llmops } from './llmops.ts';

export const currentUserQuery = queryOptions({
  queryKey: ['currentUser'],
  queryFn: ({ signal }) => llmops.users.getCurrentUser({}, { signal }),
  staleTime: 60_000,
});

export function useCurrentUser(): CurrentUser {
  return useSuspenseQuery(currentUserQuery).data;
}

const projectRoute = getRouteApi('/app/p/$project');

export interface ProjectContext {
  id: string;
  displayName: string;
  /** May create and revoke keys and providers. */
  isAdmin: boolean;
  /** May change what the project owns. */
  isEditor: boolean;
}

/** The project that the address names. */
export function useProject(): ProjectContext {
  const { project: id } = projectRoute.useParams();
  const user = useCurrentUser();
  const role: ProjectRole | undefined = user.projectRoles.find((entry) => entry.project === id);
  const highest = Math.max(role?.role ?? 0, user.organizationRole);
  return { id, displayName: role?.displayName || id, isAdmin: highest >= Role.ADMIN, isEditor: highest >= Role.EDITOR };
}
