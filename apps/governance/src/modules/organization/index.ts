export { OrganizationModule } from './organization.module.ts';
export { OrganizationRepository, ProjectRepository } from './organization.repository.ts';
