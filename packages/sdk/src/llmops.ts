import { PriceService, UsageService } from '@llmops/contracts/cost/v1/cost';
import { AnnotationService } from '@llmops/contracts/data/v1/annotation';
import { DataJobService, DatasetService } from '@llmops/contracts/data/v1/dataset';
import { SourceService, UploadService } from '@llmops/contracts/data/v1/source';
import { ValidationService } from '@llmops/contracts/data/v1/validation';
import { ApiKeyService, SessionService, UserService } from '@llmops/contracts/governance/v1/identity';
import { OrganizationService, ProjectService } from '@llmops/contracts/governance/v1/organization';
import { SecretService } from '@llmops/contracts/governance/v1/secret';
import { ReplicaService } from '@llmops/contracts/inference/v1/inference';
import { ModelService } from '@llmops/contracts/models/v1/model';
import { ProviderService } from '@llmops/contracts/models/v1/provider';
import { MetricsService, TraceService } from '@llmops/contracts/observability/v1/trace';
import {
  DocumentService,
  IndexVersionService,
  KnowledgeBaseService,
} from '@llmops/contracts/retrieval/v1/knowledge_base';
import { SearchService } from '@llmops/contracts/retrieval/v1/search';
import { type Client, createClient, type ServiceShape } from './client.ts';
import type { ClientOptions } from './transport.ts';

/** The services that have a REST form, by the name a caller knows them by. */
export const clientServices = {
  organizations: OrganizationService,
  projects: ProjectService,
  sessions: SessionService,
  users: UserService,
  apiKeys: ApiKeyService,
  secrets: SecretService,
  uploads: UploadService,
  sources: SourceService,
  datasets: DatasetService,
  dataJobs: DataJobService,
  validation: ValidationService,
  annotations: AnnotationService,
  models: ModelService,
  providers: ProviderService,
  knowledgeBases: KnowledgeBaseService,
  documents: DocumentService,
  indexVersions: IndexVersionService,
  search: SearchService,
  replicas: ReplicaService,
  traces: TraceService,
  metrics: MetricsService,
  usage: UsageService,
  prices: PriceService,
} as const satisfies Record<string, ServiceShape>;

export type Llmops = { readonly [K in keyof typeof clientServices]: Client<(typeof clientServices)[K]> };

/** Every service's client over one address: `llmops.apiKeys.listApiKeys({ project })`. */
export function createLlmops(options: ClientOptions): Llmops {
  return Object.fromEntries(
    Object.entries(clientServices).map(([name, service]) => [name, createClient(service as ServiceShape, options)]),
  ) as Llmops;
}
