import { Module } from '@nestjs/common';
import { DatasetModule } from '../dataset/index.ts';
import { CheckUsable } from './check-usable.ts';
import { CompareVersions } from './compare-versions.ts';
import { ComparisonRepository } from './comparison.repository.ts';
import { CreateSuite } from './create-suite.ts';
import { DeleteSuite } from './delete-suite.ts';
import { EmbedTexts } from './embed-texts.ts';
import { GetComparison } from './get-comparison.ts';
import { GetProfile } from './get-profile.ts';
import { GetReport } from './get-report.ts';
import { GetSuite } from './get-suite.ts';
import { ListComparisons } from './list-comparisons.ts';
import { ListReports } from './list-reports.ts';
import { ListSuites } from './list-suites.ts';
import { ProfileRepository } from './profile.repository.ts';
import { ReportRepository } from './report.repository.ts';
import { RunContamination } from './run-contamination.ts';
import { RunDrift } from './run-drift.ts';
import { RunProfile } from './run-profile.ts';
import { RunValidation } from './run-validation.ts';
import { SuiteRepository } from './suite.repository.ts';
import { UpdateSuite } from './update-suite.ts';
import { ValidateNewVersion } from './validate-new-version.ts';
import { ValidateVersion } from './validate-version.ts';
import { ValidationGrpc } from './validation.grpc.ts';
import { VersionsConsumer } from './versions.consumer.ts';

@Module({
  imports: [DatasetModule],
  controllers: [ValidationGrpc],
  providers: [
    SuiteRepository,
    ReportRepository,
    ProfileRepository,
    ComparisonRepository,
    ListSuites,
    GetSuite,
    CreateSuite,
    UpdateSuite,
    DeleteSuite,
    ValidateVersion,
    RunValidation,
    ValidateNewVersion,
    VersionsConsumer,
    ListReports,
    GetReport,
    GetProfile,
    RunProfile,
    CheckUsable,
    CompareVersions,
    ListComparisons,
    GetComparison,
    EmbedTexts,
    RunContamination,
    RunDrift,
  ],
})
export class ValidationModule {}
