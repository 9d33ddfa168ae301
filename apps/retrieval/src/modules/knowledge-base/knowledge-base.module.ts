import { Module } from '@nestjs/common';
import { IndexVersionModule } from '../index-version/index.ts';
import { ProbeModule } from '../probe/index.ts';
import { SourceModule } from '../source/index.ts';
import { CreateKnowledgeBase } from './create-knowledge-base.ts';
import { DeleteKnowledgeBase } from './delete-knowledge-base.ts';
import { GetKnowledgeBase } from './get-knowledge-base.ts';
import { IndexVersionGrpc } from './index-version.grpc.ts';
import { KnowledgeBaseGrpc } from './knowledge-base.grpc.ts';
import { KnowledgeBaseRepository } from './knowledge-base.repository.ts';
import { ListKnowledgeBases } from './list-knowledge-bases.ts';
import { UpdateKnowledgeBase } from './update-knowledge-base.ts';

@Module({
  imports: [IndexVersionModule, ProbeModule, SourceModule],
  controllers: [IndexVersionGrpc, KnowledgeBaseGrpc],
  providers: [
    CreateKnowledgeBase,
    DeleteKnowledgeBase,
    GetKnowledgeBase,
    KnowledgeBaseRepository,
    ListKnowledgeBases,
    UpdateKnowledgeBase,
  ],
})
export class KnowledgeBaseModule {}
