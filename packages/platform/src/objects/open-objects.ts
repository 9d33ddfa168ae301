import { join } from 'node:path';
import { z } from 'zod';
import { FileObjects } from './file-objects.ts';
import type { ObjectStore } from './object-store.ts';
import { S3Objects } from './s3-objects.ts';

/** Settings of a service that keeps objects; its config.ts extends its own with them. */
export const objectsConfig = {
  /** Large files, below a folder of the service's name; with a bucket, only what child processes read for a while. */
  OBJECTS_DIR: z.string().min(1),
  /** A bucket of S3, or of what speaks like it, instead of the folder. */
  OBJECTS_S3_BUCKET: z.string().min(1).optional(),
  OBJECTS_S3_ENDPOINT: z.url({ protocol: /^https?$/ }).default('https://s3.amazonaws.com'),
  OBJECTS_S3_REGION: z.string().min(1).default('us-east-1'),
  OBJECTS_S3_ACCESS_KEY_ID: z.string().default(''),
  OBJECTS_S3_SECRET_ACCESS_KEY: z.string().default(''),
};

export type ObjectsConfig = z.infer<z.ZodObject<typeof objectsConfig>>;

/** The object store that the settings name, for one service. */
export function openObjects(config: ObjectsConfig, service: string): ObjectStore {
  const folder = join(config.OBJECTS_DIR, service);
  if (config.OBJECTS_S3_BUCKET === undefined) return new FileObjects(folder);
  return new S3Objects({
    endpoint: config.OBJECTS_S3_ENDPOINT,
    region: config.OBJECTS_S3_REGION,
    bucket: config.OBJECTS_S3_BUCKET,
    accessKeyId: config.OBJECTS_S3_ACCESS_KEY_ID,
    secretAccessKey: config.OBJECTS_S3_SECRET_ACCESS_KEY,
    prefix: service,
    scratchDir: folder,
  });
}
