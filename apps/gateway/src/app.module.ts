import { Module } from '@nestjs/common';

/** The gateway has no controllers: its routes come from the contracts and from the OpenAI API, as Fastify plugins. */
@Module({})
export class AppModule {}
