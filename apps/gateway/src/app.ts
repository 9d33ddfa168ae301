import 'reflect-metadata';
import type { RequestListener } from 'node:http';
import { services } from '@llmops/contracts';
import { InferenceService } from '@llmops/contracts/inference/v1/inference';
import { SearchService } from '@llmops/contracts/retrieval/v1/search';
import {
  answerHealth,
  connectNats,
  createHealth,
  createLogger,
  natsCheck,
  newId,
  splitAddress,
} from '@llmops/platform';
import { createClient } from '@llmops/platform/grpc';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppModule } from './app.module.ts';
import { ActiveCalls } from './call/active-calls.ts';
import { Recorder } from './call/recorder.ts';
import type { Config } from './config.ts';
import { consolePlugin } from './console/console.plugin.ts';
import { Directory } from './directory/directory.ts';
import { readBody } from './read-body.ts';
import { Peers } from './rest/peers.ts';
import { restPlugin } from './rest/rest.plugin.ts';
import { HttpUpstream } from './upstream/http-upstream.ts';
import { LocalUpstream } from './upstream/local-upstream.ts';
import { createCallServer } from './v1/call-server.ts';
import { v1Plugin } from './v1/v1.plugin.ts';

/** A supervisor waits 15 s before it kills. */
const drainPatienceMs = 9_000;

export interface RunningGateway {
  port: number;
  stop(): Promise<void>;
}

/** Boots the gateway; production and tests boot the same thing. */
export async function createApp(config: Config): Promise<RunningGateway> {
  const log = createLogger('gateway', config.LOG_LEVEL);
  const nats = await connectNats(config.NATS_URL, 'gateway');
  await Recorder.prepare(nats);
  const directory = new Directory(nats, log);
  const recorder = new Recorder(nats, config, directory);
  const active = new ActiveCalls();
  const peers = new Peers(services, addressesOf(config));
  const inference = createClient(InferenceService, { address: config.INFERENCE_ADDR, peer: 'inference' });
  const retrieval = createClient(SearchService, { address: config.RETRIEVAL_ADDR, peer: 'retrieval' });
  const http = new HttpUpstream(config.MASTER_KEY, config.GATEWAY_ALLOW_PRIVATE_UPSTREAMS);
  const upstreams = { local: new LocalUpstream(inference), http };
  const health = createHealth({
    directory: () => (directory.missing().length > 0 ? `waiting for ${directory.missing().join(', ')}` : undefined),
    nats: natsCheck(nats),
  });

  const calls = { config, log, directory, recorder, active, retrieval, upstreams };
  const adapter = new FastifyAdapter({
    serverFactory: (others: RequestListener) => createCallServer(calls, others),
    genReqId: () => newId('req'),
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 512 },
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule, adapter, {
    bodyParser: false,
    logger: false,
  });
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  takeRawJson(fastify, config.GATEWAY_MAX_BODY_BYTES);
  for (const path of ['/livez', '/readyz', '/metrics']) {
    fastify.get(path, async (_request, reply) => {
      const [status, type, body] = (await answerHealth(path, health))!;
      return reply.status(status).type(type).send(body);
    });
  }
  await fastify.register(v1Plugin(calls), { prefix: '/v1' });
  await fastify.register(restPlugin({ config, log, directory, peers }), { prefix: '/api/v1' });
  await fastify.register(consolePlugin(config.CONSOLE_DIR));

  const { host, port } = splitAddress(config.HTTP_LISTEN);
  await app.listen(port, host);
  const bound = (fastify.server.address() as { port: number }).port;
  log.info({ port: bound }, 'listening');
  return {
    port: bound,
    stop: async () => {
      health.drain();
      const closed = app.close();
      await active.drain(drainPatienceMs);
      // What is still open now is idle, or a stream of the REST API.
      fastify.server.closeAllConnections();
      await closed;
      await recorder.flush();
      directory.stop();
      peers.close();
      inference.close();
      retrieval.close();
      await http.close();
      await nats.drain();
      log.info('stopped');
    },
  };
}

/**
 * Bodies stay bytes until a handler has checked them: size first, then nesting, then JSON. A refused body is handed on as
 * its refusal: as an error, Fastify would cut the connection before the client has read why.
 */
function takeRawJson(fastify: FastifyInstance, maxBytes: number): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', (request: FastifyRequest) => readBody(request.raw, maxBytes));
}

const addressesOf = (config: Config): Record<keyof typeof services, string> => ({
  governance: config.GOVERNANCE_ADDR,
  data: config.DATA_ADDR,
  models: config.MODELS_ADDR,
  retrieval: config.RETRIEVAL_ADDR,
  inference: config.INFERENCE_ADDR,
  observability: config.OBSERVABILITY_ADDR,
  cost: config.COST_ADDR,
});
