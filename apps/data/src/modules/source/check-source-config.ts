import type { SourceConfig } from '@llmops/contracts/data/v1/source';
import { Role } from '@llmops/contracts/options/v1/options';
import { CONFIG } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { isAppError } from '@llmops/platform/errors';
import { Inject, Injectable } from '@nestjs/common';
import type { ServeConfig } from '../../config.ts';
import { checkFolder, checkGlobs, checkRemoteUrl, folderOf } from '../../connectors/index.ts';
import { ReadUpload } from '../upload/index.ts';
import { secretNeedsAdmin, sourceInvalid } from './source.errors.ts';

const usesSecret = ({ value }: SourceConfig['kind']): boolean =>
  value !== undefined && 'secret' in value && value.secret !== '';

/** Finds what would make every sync fail, when the source is made; what may change later a sync finds. */
@Injectable()
export class CheckSourceConfig {
  constructor(
    @Inject(CONFIG) private readonly config: ServeConfig,
    private readonly uploads: ReadUpload,
  ) {}

  async run(ctx: RequestContext, { kind, include, exclude }: SourceConfig): Promise<void> {
    const bad = checkGlobs([...include, ...exclude]);
    if (bad) throw sourceInvalid('config.include', bad);
    // Whoever says where a credential is sent can have it sent to themselves.
    if (usesSecret(kind) && ctx.projectRole < Role.ADMIN) throw secretNeedsAdmin();
    switch (kind.case) {
      case 'upload':
        for (const id of kind.value.uploads) await this.uploads.run(ctx, id);
        return;
      case 'folder':
        return this.#folder('config.folder.path', kind.value.path);
      case 'crawl':
        for (const url of kind.value.startUrls) this.#url('config.crawl.start_urls', url, ['http:', 'https:']);
        return;
      case 'git':
        if (kind.value.url.startsWith('file:')) return this.#folder('config.git.url', kind.value.url);
        // A token does not go over the wire in the clear.
        return this.#url('config.git.url', kind.value.url, kind.value.secret === '' ? ['http:', 'https:'] : ['https:']);
      case 's3':
        if (kind.value.endpoint !== '') this.#url('config.s3.endpoint', kind.value.endpoint, ['http:', 'https:']);
        return;
      case 'sql':
        return;
      default:
        throw sourceInvalid('config', 'one of upload, folder, crawl, git, s3 and sql is needed');
    }
  }

  async #folder(field: string, path: string): Promise<void> {
    try {
      await checkFolder(path.startsWith('file:') ? folderOf(path) : path, this.config.DATA_FOLDERS);
    } catch (error) {
      throw isAppError(error) ? sourceInvalid(field, error.message.replace(/\.$/, '')) : error;
    }
  }

  #url(field: string, url: string, protocols: string[]): void {
    const bad = checkRemoteUrl(url, protocols, this.config.DATA_ALLOW_PRIVATE_NETWORKS);
    if (bad) throw sourceInvalid(field, bad);
  }
}
