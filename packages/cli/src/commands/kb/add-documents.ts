import { glob, readFile, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { ApiError } from '@llmops/sdk';
import type { Connection } from '../../api/connect.ts';
import { sendUpload } from '../../api/send-upload.ts';
import type { Progress } from '../../output/progress.ts';
import { CliError } from '../../settings.ts';

/** Above this a file goes through an upload in parts. */
const directBytes = 4 << 20;
const filesAtATime = 4;

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
      files.push({ path, name: basename(path) });
      continue;
    }
    for await (const entry of glob('**/*', { cwd: path, withFileTypes: true })) {
      const full = join(entry.parentPath, entry.name);
      const name = relative(path, full);
      if (entry.isFile() && !name.split('/').some((part) => part.startsWith('.'))) files.push({ path: full, name });
    }
  }
  files.sort((a, b) => (a.name < b.name ? -1 : 1));
  const twice = files.findIndex(({ name }, index) => name === files[index + 1]?.name);
  if (twice >= 0) {
    const [one, other] = [files[twice]!, files[twice + 1]!];
    // Of one name, the second would take the first one's place.
    throw new CliError(`${one.path} and ${other.path} are both named ${one.name}: give a folder above both.`);
  }
  return files;
}

/** A file that the platform does not take. */
export interface Refused {
  name: string;
  message: string;
}

/**
 * Sends files to a knowledge base, a few at a time. What is there already, unchanged, costs nothing. What is refused for
 * itself is returned and the others go on; any other failure throws.
 */
export async function addDocuments(
  connection: Connection,
  files: readonly FileToAdd[],
  options: AddOptions,
  progress: Progress,
): Promise<Refused[]> {
  const refused: Refused[] = [];
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    for (let file = files[next++]; file; file = files[next++]) {
      try {
        await addOne(connection, file, options);
      } catch (error) {
        if (!(error instanceof ApiError) || ![400, 413].includes(error.status)) {
          next = files.length;
          throw error;
        }
        refused.push({ name: file.name, message: error.message });
      }
      done += 1;
      progress.at(done, files.length, file.name);
    }
  };
  await Promise.all(Array.from({ length: filesAtATime }, work));
  progress.end();
  return refused;
}

async function addOne(
  connection: Connection,
  { path, name }: FileToAdd,
  { knowledgeBase, metadata = '', acl = [] }: AddOptions,
): Promise<void> {
  const { llmops, project } = connection;
  const common = { displayName: name, uri: name, acl: [...acl] };
  const { size } = await stat(path);
  if (size <= directBytes) {
    const body = { contentType: 'application/octet-stream', data: await readFile(path) };
    await llmops.documents.uploadDocument({ ...common, project, knowledgeBase, metadataJson: metadata, body });
    return;
  }
  const upload = await sendUpload(connection, path);
  const document = {
    ...common,
    content: { case: 'upload' as const, value: upload },
    ...(metadata === '' ? {} : { metadata: JSON.parse(metadata) }),
  };
  await llmops.documents.createDocument({ project, knowledgeBase, document });
}
