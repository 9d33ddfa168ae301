import type { DescService } from '@bufbuild/protobuf';
import { PriceService, UsageService } from '../gen/llmops/cost/v1/cost_pb.js';
import { AnnotationService } from '../gen/llmops/data/v1/annotation_pb.js';
import { DataJobService, DatasetService } from '../gen/llmops/data/v1/dataset_pb.js';
import { SourceService, UploadService } from '../gen/llmops/data/v1/source_pb.js';
import { ValidationService } from '../gen/llmops/data/v1/validation_pb.js';
import { ApiKeyService, SessionService, UserService } from '../gen/llmops/governance/v1/identity_pb.js';
import { OrganizationService, ProjectService } from '../gen/llmops/governance/v1/organization_pb.js';
import { SecretService } from '../gen/llmops/governance/v1/secret_pb.js';
import { InferenceService, ReplicaService } from '../gen/llmops/inference/v1/inference_pb.js';
import { ModelService } from '../gen/llmops/models/v1/model_pb.js';
import { ProviderService } from '../gen/llmops/models/v1/provider_pb.js';
import { MetricsService, TraceService } from '../gen/llmops/observability/v1/trace_pb.js';
import {
  DocumentService,
  IndexVersionService,
  KnowledgeBaseService,
} from '../gen/llmops/retrieval/v1/knowledge_base_pb.js';
import { SearchService } from '../gen/llmops/retrieval/v1/search_pb.js';

/** Every gRPC service by the app that serves it: what the edge routes to and documents. */
export const services = {
  governance: [OrganizationService, ProjectService, SessionService, UserService, ApiKeyService, SecretService],
  data: [DatasetService, DataJobService, UploadService, SourceService, ValidationService, AnnotationService],
  models: [ModelService, ProviderService],
  retrieval: [KnowledgeBaseService, DocumentService, IndexVersionService, SearchService],
  inference: [InferenceService, ReplicaService],
  observability: [TraceService, MetricsService],
  cost: [UsageService, PriceService],
} as const satisfies Record<string, readonly DescService[]>;
