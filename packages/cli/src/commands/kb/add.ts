import { create } from '@bufbuild/protobuf';
import { DocumentCountsSchema } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { apiCommand, type ConnectOptions, connect } from '../../api/connect.ts';
import { jsonOf, printJson } from '../../output/print.ts';
import { showProgress } from '../../output/progress.ts';
import { CliError } from '../../settings.ts';
import { addDocuments, filesOf } from './add-documents.ts';
import { findKnowledgeBase } from './find-knowledge-base.ts';
import { listFailed } from './list-failed.ts';
import { waitIndexed } from './wait-indexed.ts';

interface Options extends ConnectOptions {
  metadata?: string;
  acl?: string[];
  wait: boolean;
  json?: boolean;
}

export const addDocumentsCommand = () =>
  apiCommand('add')
    .description('send files, or all files of folders; exit code 1 when one was refused or could not be indexed')
    .argument('<knowledge base>', 'id or name')
    .argument('<paths...>')
    .option('--metadata <json>', 'an object, for filters')
    .option('--acl <principal...>', 'who may find them, group:hr; everyone in the project unless said')
    .option('--no-wait', 'do not wait until they are searchable')
    .option('--json', 'as one JSON object')
    .action(async (idOrName: string, paths: string[], options: Options) => {
      checkMetadata(options.metadata);
      const connection = await connect(options);
      const { id } = await findKnowledgeBase(connection, idOrName);
      const files = await filesOf(paths);
      const quiet = options.json === true && !process.stderr.isTTY;
      const how = { knowledgeBase: id, metadata: options.metadata, acl: options.acl };
      const refused = await addDocuments(connection, files, how, showProgress('sending', quiet));
      const sent = files.length - refused.length;
      if (refused.length > 0) process.exitCode = 1;
      for (const { name, message } of options.json ? [] : refused) console.log(`✗ ${name}: ${message}`);
      if (!options.wait) return options.json ? printJson({ sent, refused }) : console.log(`${sent} sent`);
      const counts = await waitIndexed(connection, id, showProgress('indexing', quiet));
      const failed = counts.failed > 0n ? await listFailed(connection, id) : [];
      if (failed.length > 0) process.exitCode = 1;
      if (options.json) {
        const documents = jsonOf(DocumentCountsSchema, create(DocumentCountsSchema, counts));
        return printJson({ sent, refused, documents, failed });
      }
      console.log(`${sent} sent; ${counts.indexed} documents are searchable`);
      for (const { name, message } of failed) console.log(`✗ ${name}: ${message}`);
    });

function checkMetadata(text: string | undefined): void {
  if (text === undefined) return;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  } catch {
    // Told below.
  }
  throw new CliError(`--metadata: expected a JSON object such as '{"team":"search"}'.`);
}
