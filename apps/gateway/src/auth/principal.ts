import type { Credential } from '@llmops/contracts/governance/v1/credential';
import { Role } from '@llmops/contracts/options/v1/options';
import type { Principal } from '@llmops/platform';
import { AppError } from '@llmops/platform/errors';

/** The caller in a project; throws `platform.project_not_found` for one it has no role in. */
export function principalIn(credential: Credential, project: string): Principal {
  const projectRole = roleIn(credential, project);
  if (projectRole === Role.UNSPECIFIED) {
    throw new AppError({
      code: 'platform.project_not_found',
      category: 'not_found',
      message: `project: ${JSON.stringify(project)} does not exist, or this credential has no access to it.`,
    });
  }
  return { ...principalOf(credential), projectId: project, projectRole };
}

/** The caller where no project is named: in its default project, if it has one. */
export function principalOf(credential: Credential): Principal {
  const { actor, organizationId, organizationRole, defaultProject } = credential;
  const projectRole = roleIn(credential, defaultProject);
  return { actor, organizationId, organizationRole, projectId: defaultProject, projectRole };
}

/** Only what the credential itself lists: an object also answers to `constructor`, which is nobody's project. */
const roleIn = ({ projectRoles }: Credential, project: string): Role =>
  Object.hasOwn(projectRoles, project) ? projectRoles[project]! : Role.UNSPECIFIED;

/** The project that a `/v1` request acts in: the key's own, or for a person the one in `x-llmops-project`. */
export const callerOfV1 = (credential: Credential, projectHeader: string | string[] | undefined): Principal =>
  typeof projectHeader === 'string' && projectHeader !== ''
    ? principalIn(credential, projectHeader)
    : principalIn(credential, credential.defaultProject);
