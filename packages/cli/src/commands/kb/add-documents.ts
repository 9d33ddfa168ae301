import { glob, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Connection } from '../../api/connect.ts';
import { sendUpload } from '../../api/send-upload.ts';
import type { Progress } from '../../output/progress.ts';
import { CliError } from '../../settings.ts';

/** Above this a file goes through an upload in parts. */
const directBytes = 4 << 20;

export interface AddOptions {
  knowledgeBase: string;
  /** JSON object. */
  metadata?: string | undefined;
  acl?: readonly string[] | undefined;
}

interface FileToAdd {
  path: string;
  /** Its name in the knowledge base: below the folder that was given. */
  name: string;
}

/** The files that paths name; of folders, all below them but what begins with a dot. */
export async function filesOf(paths: readonly string[]): Promise<FileToAdd[]> {
  const files: FileToAdd[] = [];
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if (!found) throw new CliError(`${path}: there is no such file or folder.`);
    if (!found.isDirectory()) {
      files.push({ path, name: path.split('/').at(-1)! });
      continue;
    }
    for await (const entry of glob('**/*', { cwd: path, withFileTypes: true })) {
      const full = join(entry.parentPath, entry.name);
      const name = relative(path, full);
      if (entry.isFile() && !name.split('/').some((part) => part.startsWith('.'))) files.push({ path: full, name });
    }
  }
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Sends files to a knowledge base. What is there already, unchanged, costs nothing. */
export async function addDocuments(
  connection: Connection,
  files: readonly FileToAdd[],
  { knowledgeBase, metadata = '', acl = [] }: AddOptions,
  progress: Progress,
): Promise<void> {
  const { llmops, project } = connection;
  for (const [index, { path, name }] of files.entries()) {
    progress.at(index, files.length, name);
    const { size } = await stat(path);
    if (size <= directBytes) {
      const body = { contentType: 'application/octet-stream', data: await readFile(path) };
      const common = { project, knowledgeBase, displayName: name, uri: name };
      await llmops.documents.uploadDocument({ ...common, metadataJson: metadata, acl: [...acl], body });
      continue;
    }
    const upload = await sendUpload(connection, path);
    await llmops.documents.createDocument({
      project,
      knowledgeBase,
      document: {
        displayName: name,
        uri: name,
        content: { case: 'upload', value: upload },
        acl: [...acl],
        ...(metadata === '' ? {} : { metadata: JSON.parse(metadata) }),
      },
    });
  }
  progress.at(files.length, files.length);
  progress.end();
}
