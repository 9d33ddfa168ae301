import {
  type CheckContaminationRequest,
  type CheckUsableRequest,
  type CreateValidationSuiteRequest,
  type DeleteValidationSuiteRequest,
  type GetContaminationReportRequest,
  type GetDriftReportRequest,
  type GetProfileRequest,
  type GetValidationReportRequest,
  type GetValidationSuiteRequest,
  type ListContaminationReportsRequest,
  type ListDriftReportsRequest,
  type ListValidationReportsRequest,
  type ListValidationSuitesRequest,
  type MeasureDriftRequest,
  type UpdateValidationSuiteRequest,
  type ValidateVersionRequest,
  ValidationService,
} from '@llmops/contracts/data/v1/validation';
import type { RequestContext } from '@llmops/platform/context';
import { GrpcService, type Handlers } from '@llmops/platform/grpc';
import { CheckUsable } from './check-usable.ts';
import { CompareVersions } from './compare-versions.ts';
import { toContamination, toDrift } from './comparison-messages.ts';
import { CreateSuite } from './create-suite.ts';
import { DeleteSuite } from './delete-suite.ts';
import { GetComparison } from './get-comparison.ts';
import { GetProfile } from './get-profile.ts';
import { GetReport } from './get-report.ts';
import { GetSuite } from './get-suite.ts';
import { ListComparisons } from './list-comparisons.ts';
import { ListReports } from './list-reports.ts';
import { ListSuites } from './list-suites.ts';
import { UpdateSuite } from './update-suite.ts';
import { ValidateVersion } from './validate-version.ts';
import { toProfile, toReport, toSuite, verdictOf } from './validation-messages.ts';

@GrpcService(ValidationService)
export class ValidationGrpc implements Handlers<typeof ValidationService> {
  constructor(
    private readonly listSuites: ListSuites,
    private readonly getSuite: GetSuite,
    private readonly createSuite: CreateSuite,
    private readonly updateSuite: UpdateSuite,
    private readonly deleteSuite: DeleteSuite,
    private readonly validate: ValidateVersion,
    private readonly listReports: ListReports,
    private readonly getReport: GetReport,
    private readonly profile: GetProfile,
    private readonly usable: CheckUsable,
    private readonly compare: CompareVersions,
    private readonly listComparisons: ListComparisons,
    private readonly getComparison: GetComparison,
  ) {}

  async listValidationSuites(request: ListValidationSuitesRequest, ctx: RequestContext) {
    const { rows, nextPageToken } = await this.listSuites.run(ctx, request);
    return { suites: rows.map(toSuite), nextPageToken };
  }

  async getValidationSuite({ suite }: GetValidationSuiteRequest, ctx: RequestContext) {
    return toSuite(await this.getSuite.run(ctx, suite));
  }

  async createValidationSuite(request: CreateValidationSuiteRequest, ctx: RequestContext) {
    const { displayName, description, checks, datasets } = request;
    return toSuite(await this.createSuite.run(ctx, { displayName, description, checks, datasets }));
  }

  async updateValidationSuite(request: UpdateValidationSuiteRequest, ctx: RequestContext) {
    return toSuite(await this.updateSuite.run(ctx, request.suite, request));
  }

  async deleteValidationSuite({ suite }: DeleteValidationSuiteRequest, ctx: RequestContext) {
    await this.deleteSuite.run(ctx, suite);
    return {};
  }

  async validateVersion(request: ValidateVersionRequest, ctx: RequestContext) {
    return toReport(await this.validate.run(ctx, request));
  }

  async listValidationReports(request: ListValidationReportsRequest, ctx: RequestContext) {
    const { rows, nextPageToken } = await this.listReports.run(ctx, request);
    return { reports: rows.map(toReport), nextPageToken };
  }

  async getValidationReport({ dataset, report }: GetValidationReportRequest, ctx: RequestContext) {
    return toReport(await this.getReport.run(ctx, dataset, report));
  }

  async getProfile({ dataset, version }: GetProfileRequest, ctx: RequestContext) {
    return toProfile(await this.profile.run(ctx, dataset, version));
  }

  async checkUsable({ version }: CheckUsableRequest, ctx: RequestContext) {
    const { verdict, reasons, report } = await this.usable.run(ctx, version);
    return { usable: verdict !== 'blocked', reasons, report, verdict: verdictOf[verdict] };
  }

  async checkContamination(request: CheckContaminationRequest, ctx: RequestContext) {
    const { protectedVersion, candidateVersion, columns, embeddings, model } = request;
    const input = { first: protectedVersion, second: candidateVersion, columns, embeddings, model };
    return toContamination(await this.compare.run(ctx, 'contamination', input));
  }

  async listContaminationReports(request: ListContaminationReportsRequest, ctx: RequestContext) {
    const { rows, nextPageToken } = await this.listComparisons.run(ctx, 'contamination', request);
    return { reports: rows.map(toContamination), nextPageToken };
  }

  async getContaminationReport({ report }: GetContaminationReportRequest, ctx: RequestContext) {
    return toContamination(await this.getComparison.run(ctx, 'contamination', report));
  }

  async measureDrift(request: MeasureDriftRequest, ctx: RequestContext) {
    const { referenceVersion, currentVersion, columns, embeddings, model } = request;
    const input = { first: referenceVersion, second: currentVersion, columns, embeddings, model };
    return toDrift(await this.compare.run(ctx, 'drift', input));
  }

  async listDriftReports(request: ListDriftReportsRequest, ctx: RequestContext) {
    const { rows, nextPageToken } = await this.listComparisons.run(ctx, 'drift', request);
    return { reports: rows.map(toDrift), nextPageToken };
  }

  async getDriftReport({ report }: GetDriftReportRequest, ctx: RequestContext) {
    return toDrift(await this.getComparison.run(ctx, 'drift', report));
  }
}
