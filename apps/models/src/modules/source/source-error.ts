/** A source that cannot give its bytes; the next one is tried. The message says why and is shown to administrators. */
export class SourceError extends Error {
  override name = 'SourceError';
}

/** Bytes arrived and are not those of the catalogue; a part file made of them is worthless. */
export class WrongBytesError extends SourceError {
  override name = 'WrongBytesError';
}
