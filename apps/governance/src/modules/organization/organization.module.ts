import { Module } from '@nestjs/common';
import { CredentialModule } from '../credential/index.ts';
import { CreateProject } from './create-project.ts';
import { GetOrganization } from './get-organization.ts';
import { GetProject } from './get-project.ts';
import { ListProjects } from './list-projects.ts';
import { OrganizationGrpc } from './organization.grpc.ts';
import { OrganizationRepository, ProjectRepository } from './organization.repository.ts';
import { ProjectGrpc } from './project.grpc.ts';
import { UpdateProject } from './update-project.ts';

@Module({
  imports: [CredentialModule],
  controllers: [OrganizationGrpc, ProjectGrpc],
  providers: [
    OrganizationRepository,
    ProjectRepository,
    GetOrganization,
    ListProjects,
    GetProject,
    CreateProject,
    UpdateProject,
  ],
  exports: [OrganizationRepository, ProjectRepository],
})
export class OrganizationModule {}
