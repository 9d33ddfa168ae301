const code = {
  quote: 0x22,
  comma: 0x2c,
  colon: 0x3a,
  openArray: 0x5b,
  backslash: 0x5c,
  closeArray: 0x5d,
  openObject: 0x7b,
  closeObject: 0x7d,
} as const;

const isSpace = (char: number): boolean => char === 0x20 || char === 0x0a || char === 0x0d || char === 0x09;

export interface JsonElement {
  /** JSON, not parsed. */
  text: string;
  /** The key of the array it is in; empty for an array that is the whole document. */
  key: string;
}

/** What is wrong with the document as a whole. */
export class JsonDocumentError extends Error {}

/**
 * Cuts a JSON document into the elements of its array, or of the arrays that are values of its one object, without
 * holding more than one element: depth and strings are followed, the elements themselves are left to JSON.parse.
 */
export class JsonElements {
  #depth = 0;
  #root: 'none' | 'array' | 'object' | 'closed' = 'none';
  #inString = false;
  /** Odd number of backslashes at the end of the last piece. */
  #escaped = false;
  /** The next of each in the piece: looked for once, however many strings or escapes lie before it. */
  #quoteAt = -1;
  #slashAt = -1;
  /** Text of the value being read, from earlier pieces; undefined between values. */
  #open: string | undefined;
  #key = '';
  #value: 'key' | 'colon' | 'value' | 'comma' = 'value';
  /** The depth at which elements are: 1 for an array, 2 for an array in an object, 0 outside of one. */
  #elementDepth = 0;

  constructor(private readonly maxLength: number) {}

  /** The elements that end in this piece. */
  push(piece: string): JsonElement[] {
    const found: JsonElement[] = [];
    this.#quoteAt = -1;
    this.#slashAt = -1;
    let from = 0;
    let at = 0;
    const take = (end: number): string => {
      const text = (this.#open ?? '') + piece.slice(from, end);
      this.#open = undefined;
      return text;
    };
    while (at < piece.length) {
      if (this.#inString) {
        at = this.#stringEnd(piece, at);
        if (this.#inString) break;
        continue;
      }
      const char = piece.charCodeAt(at);
      if (this.#open !== undefined && this.#depth === this.#base() && this.#endsScalar(char)) {
        this.#ended(take(at), found);
        continue;
      }
      if (isSpace(char)) {
        at += 1;
        continue;
      }
      if (this.#open === undefined && this.#depth === this.#base()) {
        if (this.#structure(char)) {
          at += 1;
          continue;
        }
        from = at;
        this.#open = '';
      }
      if (char === code.quote) this.#inString = true;
      else if (char === code.openArray || char === code.openObject) this.#depth += 1;
      else if (char === code.closeArray || char === code.closeObject) this.#depth -= 1;
      at += 1;
      const closes = char === code.closeArray || char === code.closeObject;
      if (closes && this.#depth === this.#base()) this.#ended(take(at), found);
    }
    if (this.#open !== undefined) {
      this.#open += piece.slice(from);
      if (this.#open.length > this.maxLength)
        throw new JsonDocumentError(`has an element of more than ${this.maxLength} characters`);
    }
    return found;
  }

  /** Throws when the document is not complete. */
  end(): void {
    if (this.#root === 'none') throw new JsonDocumentError('is empty');
    if (this.#root !== 'closed') throw new JsonDocumentError('ends before its JSON does');
  }

  /** The depth that values are at: of elements inside an array, else of the object's own values. */
  #base(): number {
    if (this.#elementDepth > 0) return this.#elementDepth;
    return this.#root === 'object' ? 1 : 0;
  }

  /** Takes a character between values; false when it begins one. */
  #structure(char: number): boolean {
    if (this.#root === 'none') return this.#begin(char);
    if (this.#root === 'closed') throw new JsonDocumentError('has text after its end');
    const inArray = this.#elementDepth > 0;
    if (char === (inArray ? code.closeArray : code.closeObject)) {
      this.#depth -= 1;
      if (inArray && this.#depth === 1) this.#value = 'comma';
      this.#elementDepth = 0;
      if (this.#depth === 0) this.#root = 'closed';
      return true;
    }
    if (char === code.comma) {
      if (this.#value !== 'comma') throw new JsonDocumentError('has a comma with nothing before it');
      this.#value = inArray ? 'value' : 'key';
      return true;
    }
    if (this.#value === 'comma') throw new JsonDocumentError('lacks a comma between two values');
    if (char === code.colon && this.#value === 'colon') {
      this.#value = 'value';
      return true;
    }
    if (!inArray && this.#value === 'value' && char === code.openArray) {
      this.#depth += 1;
      this.#elementDepth = 2;
      return true;
    }
    return false;
  }

  #begin(char: number): boolean {
    if (char === code.openArray) this.#elementDepth = 1;
    else if (char !== code.openObject) throw new JsonDocumentError('is neither a JSON array nor a JSON object');
    this.#root = char === code.openArray ? 'array' : 'object';
    this.#value = char === code.openArray ? 'value' : 'key';
    this.#depth = 1;
    return true;
  }

  /** Where the string that is open goes on after its end; the piece's length, still in it, when it does not end here. */
  #stringEnd(piece: string, start: number): number {
    let at = start;
    if (this.#escaped) {
      this.#escaped = false;
      at += 1;
    }
    for (;;) {
      if (this.#quoteAt < at) this.#quoteAt = nextOf(piece, '"', at);
      if (this.#slashAt < at) this.#slashAt = nextOf(piece, '\\', at);
      if (this.#slashAt < this.#quoteAt) {
        if (this.#slashAt + 1 === piece.length) {
          this.#escaped = true;
          return piece.length;
        }
        at = this.#slashAt + 2;
        continue;
      }
      if (this.#quoteAt === piece.length) return piece.length;
      this.#inString = false;
      return this.#quoteAt + 1;
    }
  }

  #endsScalar(char: number): boolean {
    return char === code.comma || char === code.closeArray || char === code.closeObject || char === code.colon;
  }

  #ended(text: string, found: JsonElement[]): void {
    if (this.#elementDepth > 0) {
      found.push({ text, key: this.#root === 'object' ? this.#key : '' });
      this.#value = 'comma';
    } else if (this.#value === 'key') {
      this.#key = keyOf(text);
      this.#value = 'colon';
    } else {
      this.#value = 'comma';
    }
  }
}

/** The length of the piece where there is none. */
function nextOf(piece: string, char: string, from: number): number {
  const at = piece.indexOf(char, from);
  return at < 0 ? piece.length : at;
}

function keyOf(text: string): string {
  try {
    const key: unknown = JSON.parse(text);
    if (typeof key === 'string') return key;
  } catch {
    // falls through
  }
  throw new JsonDocumentError(`has ${text.slice(0, 40)} where a key should be`);
}
