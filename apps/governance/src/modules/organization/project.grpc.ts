import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import {
  type CreateProjectRequest,
  type GetProjectRequest,
  type ListProjectsRequest,
  ProjectService,
  type UpdateProjectRequest,
} from '@llmops/contracts/governance/v1/organization';
import type { RequestContext } from '@llmops/platform/context';
import { GrpcService, type Handlers } from '@llmops/platform/grpc';
import { CreateProject } from './create-project.ts';
import { GetProject } from './get-project.ts';
import { ListProjects } from './list-projects.ts';
import type { ProjectRow } from './organization.repository.ts';
import { UpdateProject } from './update-project.ts';

@GrpcService(ProjectService)
export class ProjectGrpc implements Handlers<typeof ProjectService> {
  constructor(
    private readonly list: ListProjects,
    private readonly get: GetProject,
    private readonly create: CreateProject,
    private readonly update: UpdateProject,
  ) {}

  async listProjects(request: ListProjectsRequest, ctx: RequestContext) {
    const { rows, nextPageToken } = await this.list.run(ctx, request.pageSize, request.pageToken);
    return { projects: rows.map(toProject), nextPageToken };
  }

  async getProject(request: GetProjectRequest, ctx: RequestContext) {
    return toProject(await this.get.run(ctx, request.project));
  }

  async createProject(request: CreateProjectRequest, ctx: RequestContext) {
    return toProject(await this.create.run(ctx, request.displayName));
  }

  async updateProject(request: UpdateProjectRequest, ctx: RequestContext) {
    return toProject(await this.update.run(ctx, request.project, request.displayName));
  }
}

const toProject = (row: ProjectRow) => ({
  id: row.id,
  displayName: row.displayName,
  createTime: timestampFromDate(row.createTime),
  updateTime: timestampFromDate(row.updateTime),
});
