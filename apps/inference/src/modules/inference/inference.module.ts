import { Module } from '@nestjs/common';
import { InferenceGrpc } from './inference.grpc.ts';
import { ReplicaGrpc } from './replica.grpc.ts';

@Module({ controllers: [InferenceGrpc, ReplicaGrpc] })
export class InferenceModule {}
