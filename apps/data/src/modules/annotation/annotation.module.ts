import { Module } from '@nestjs/common';
import { DatasetModule } from '../dataset/index.ts';
import { JobModule } from '../job/index.ts';
import { AddItems } from './add-items.ts';
import { AnnotationGrpc } from './annotation.grpc.ts';
import { GetAgreement } from './get-agreement.ts';
import { ItemRepository } from './item.repository.ts';
import { LabelItems } from './label-items.ts';
import { ManageQueues } from './manage-queues.ts';
import { PublishAnnotations } from './publish-annotations.ts';
import { QueueRepository } from './queue.repository.ts';

@Module({
  imports: [DatasetModule, JobModule],
  controllers: [AnnotationGrpc],
  providers: [QueueRepository, ItemRepository, ManageQueues, AddItems, LabelItems, GetAgreement, PublishAnnotations],
})
export class AnnotationModule {}
