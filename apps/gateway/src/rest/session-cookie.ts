import type { DescMethod, Message } from '@bufbuild/protobuf';
import { timestampDate } from '@bufbuild/protobuf/wkt';
import { type Session, SessionService } from '@llmops/contracts/governance/v1/identity';
import type { FastifyReply } from 'fastify';
import { sessionCookie } from '../auth/authenticate.ts';
import type { Config } from '../config.ts';

/** Keeps the console's token out of scripts' reach: it moves from the answer of a sign-in into an HttpOnly cookie. */
export function createSessionCookies({ GATEWAY_SECURE_COOKIES }: Config) {
  const attributes = `Path=/; HttpOnly; SameSite=Strict${GATEWAY_SECURE_COOKIES ? '; Secure' : ''}`;
  return {
    apply(method: DescMethod, answer: Message, reply: FastifyReply): void {
      if (method === SessionService.method.createSession) {
        const session = answer as Session;
        const expires = timestampDate(session.expireTime!).toUTCString();
        void reply.header('set-cookie', `${sessionCookie}=${session.token}; ${attributes}; Expires=${expires}`);
        session.token = '';
      } else if (method === SessionService.method.deleteSession) {
        void reply.header('set-cookie', `${sessionCookie}=; ${attributes}; Max-Age=0`);
      }
    },
  };
}
