import { join } from 'node:path';
import { createLlmops } from '@llmops/sdk';
import type { Connection } from '../api/connect.ts';
import { addDocuments, filesOf } from '../commands/kb/add-documents.ts';
import { listKnowledgeBases } from '../commands/kb/find-knowledge-base.ts';
import { waitIndexed } from '../commands/kb/wait-indexed.ts';
import { readJson, writeJson } from '../json-file.ts';
import type { Paths } from '../paths.ts';
import { CliError } from '../settings.ts';
import type { Credentials } from './credentials.ts';
import type { Emit } from './events.ts';

const displayName = 'NATS documentation';

/**
 * The first start's knowledge base, so that there is something to ask. Made once: who deletes it does not get it again. A
 * start that was cut short goes on where it was, because a document that is there is not taken twice.
 */
export async function seedDemo(
  { baseUrl, apiKey, projectId: project }: Credentials,
  at: Paths,
  root: string,
  emit: Emit,
  signal: AbortSignal,
): Promise<string> {
  if (await readJson(at.demo)) return 'is there';
  const connection: Connection = { llmops: createLlmops({ baseUrl, apiKey }), project, baseUrl, apiKey };
  const knowledgeBase = await demoKnowledgeBase(connection);
  const progress = {
    at: (done: number, total: number) => emit({ type: 'progress', name: 'Demo', done, total, unit: 'documents' }),
    end: () => {},
  };
  const files = await filesOf([join(root, 'packages/cli/demo/nats-docs')]);
  const [refused] = await addDocuments(connection, files, { knowledgeBase }, { at: () => {}, end: () => {} });
  if (refused) throw new CliError(`${displayName}, ${refused.name}: ${refused.message}`);
  await writeJson(at.demo, { knowledgeBase });
  const { indexed, failed } = await waitIndexed(connection, knowledgeBase, progress, signal);
  return `${displayName}: ${indexed} documents${failed > 0n ? `, ${failed} failed` : ''}`;
}

async function demoKnowledgeBase(connection: Connection): Promise<string> {
  for await (const one of listKnowledgeBases(connection)) if (one.displayName === displayName) return one.id;
  const { llmops, project } = connection;
  const description = 'A part of the NATS documentation, to try out answers with citations.';
  return (await llmops.knowledgeBases.createKnowledgeBase({ project, displayName, description })).id;
}
