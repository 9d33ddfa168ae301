/** A file that lies in the object store. */
export interface NamedFile {
  name: string;
  /** Its hash. */
  version: string;
  sizeBytes: number;
  read(): AsyncIterable<Uint8Array>;
}
