import type { SourceConfig } from '@llmops/contracts/data/v1/source';
import { CONFIG, ServiceCaller } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { OBJECTS, type ObjectStore } from '@llmops/platform/objects';
import { Inject, Injectable } from '@nestjs/common';
import type { ServeConfig } from '../../config.ts';
import {
  type Connector,
  crawlConnector,
  folderConnector,
  gitConnector,
  type NamedFile,
  pathFilter,
  s3Connector,
  sqlConnector,
  uploadConnector,
} from '../../connectors/index.ts';
import { SECRETS, type Secrets } from '../../peers.ts';
import { ReadUpload } from '../upload/index.ts';
import { sourceInvalid } from './source.errors.ts';

@Injectable()
export class OpenConnector {
  constructor(
    @Inject(CONFIG) private readonly config: ServeConfig,
    @Inject(OBJECTS) private readonly objects: ObjectStore,
    @Inject(SECRETS) private readonly secrets: Secrets,
    private readonly caller: ServiceCaller,
    private readonly uploads: ReadUpload,
  ) {}

  /** What lists and reads a source, with its secrets filled in. */
  async open(ctx: RequestContext, { kind, include, exclude }: SourceConfig): Promise<Connector> {
    const accepts = pathFilter(include, exclude);
    const network = { allowsPrivate: this.config.DATA_ALLOW_PRIVATE_NETWORKS };
    const folders = this.config.DATA_FOLDERS;
    switch (kind.case) {
      case 'upload':
        return uploadConnector(await this.#files(ctx, kind.value.uploads), accepts);
      case 'folder':
        return folderConnector({ path: kind.value.path, allowed: folders }, accepts);
      case 'crawl':
        return crawlConnector(kind.value, network, accepts);
      case 'git':
        return gitConnector(
          { ...kind.value, token: await this.#secret(ctx, kind.value.secret) },
          folders,
          network,
          accepts,
        );
      case 's3':
        return s3Connector(
          { ...kind.value, credentials: await this.#secret(ctx, kind.value.secret) },
          network,
          accepts,
        );
      case 'sql': {
        const url = (await this.#secret(ctx, kind.value.secret))!;
        return sqlConnector({ ...kind.value, url }, network, accepts);
      }
      default:
        throw sourceInvalid('config', 'one of upload, folder, crawl, git, s3 and sql is needed');
    }
  }

  async #secret(ctx: RequestContext, id: string): Promise<string | undefined> {
    if (id === '') return undefined;
    const asService = await this.caller.contextFor(ctx, ctx.signal);
    return (await this.secrets.accessSecret(asService, { project: ctx.projectId, secret: id })).value;
  }

  #files(ctx: RequestContext, ids: readonly string[]): Promise<NamedFile[]> {
    const { projectId } = ctx;
    return Promise.all(
      ids.map(async (id) => {
        const { upload, sha256 } = await this.uploads.run(ctx, id);
        const read = () => this.objects.read({ projectId, kind: 'files', sha256 });
        return { name: upload.fileName, version: sha256, sizeBytes: upload.sizeBytes, read };
      }),
    );
  }
}
