import type { CurrentUser } from '@llmops/contracts/governance/v1/identity';

const key = 'llmops.project';

export function rememberProject(id: string) {
  localStorage.setItem(key, id);
}

/** The project to open when the address names none: the last one seen, else the first. */
export function projectToOpen(user: CurrentUser): string | undefined {
  const ids = user.projectRoles.map((entry) => entry.project);
  const last = localStorage.getItem(key);
  return last !== null && ids.includes(last) ? last : ids[0];
}
