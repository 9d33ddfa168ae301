import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type CatalogueEntry, digestOf } from '../catalogue/index.ts';

/** Of an artifact's folder, relative to the object store's root. */
export const artifactPath = (digest: string): string => `models/${digest}`;

export const artifactFolder = (objectsDir: string, entry: CatalogueEntry): string =>
  join(objectsDir, artifactPath(digestOf(entry.files)));

/** Whether all files are there with their sizes. Cheap: a file got its name only after its checksum was right. */
export async function filesPresent(objectsDir: string, entry: CatalogueEntry): Promise<boolean> {
  const folder = artifactFolder(objectsDir, entry);
  const found = await Promise.all(
    entry.files.map((file) =>
      stat(join(folder, file.name)).then(
        ({ size }) => size === file.sizeBytes,
        () => false,
      ),
    ),
  );
  return found.every(Boolean);
}
