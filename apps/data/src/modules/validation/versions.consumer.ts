import { DatasetVersionCreatedSchema } from '@llmops/contracts/data/v1/dataset';
import { LOGGER, type Logger, NATS, type Nats } from '@llmops/platform';
import { consumeEvents, type RunningConsumer } from '@llmops/platform/events';
import { Inject, Injectable } from '@nestjs/common';
import { ValidateNewVersion } from './validate-new-version.ts';

const durable = 'data__dataset-version-created';

/** New versions, for the suites that run by themselves. */
@Injectable()
export class VersionsConsumer {
  #consumer: RunningConsumer | undefined;

  constructor(
    @Inject(NATS) private readonly nats: Nats,
    @Inject(LOGGER) private readonly log: Logger,
    private readonly validate: ValidateNewVersion,
  ) {}

  async start(): Promise<void> {
    this.#consumer ??= await consumeEvents({
      nats: this.nats,
      log: this.log,
      event: DatasetVersionCreatedSchema,
      durable,
      check: ({ version }) => {
        if (!version?.id) throw new Error('a new version needs an id');
      },
      handle: async (events) => {
        for (const { id, organizationid = '', projectid = '', data } of events) {
          await this.validate.run(durable, {
            messageId: id,
            organizationId: organizationid,
            projectId: projectid,
            versionId: data.version!.id,
          });
        }
      },
    });
  }

  async stop(): Promise<void> {
    await this.#consumer?.stop();
  }
}
