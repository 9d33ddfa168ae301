import { Module } from '@nestjs/common';
import { ArtifactModule } from './modules/artifact/index.ts';
import { ProviderModule } from './modules/provider/index.ts';
import { PublicationModule } from './modules/publication/index.ts';

@Module({ imports: [ArtifactModule, ProviderModule, PublicationModule] })
export class AppModule {}
