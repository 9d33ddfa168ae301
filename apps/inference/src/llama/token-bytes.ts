import type { LlamaModel, Token } from 'node-llama-cpp';

/** llama.cpp's token types. */
const CONTROL = 3;
const UNUSED = 5;
const BYTE = 6;
const NOTHING = new Uint8Array();

interface Vocabulary {
  readonly model?: string;
  readonly tokens?: readonly string[];
  readonly token_type?: readonly number[];
}

/** The bytes of each token: a character may span tokens, so text is only made of bytes put together. */
export class TokenBytes {
  private readonly cache: (Uint8Array | undefined)[] = [];
  private readonly vocabulary: Vocabulary;

  constructor(private readonly model: LlamaModel) {
    this.vocabulary = model.fileInfo.metadata.tokenizer.ggml as Vocabulary;
  }

  of(token: Token): Uint8Array {
    const known = this.cache[token];
    if (known) return known;
    const bytes = this.read(token);
    this.cache[token] = bytes;
    return bytes;
  }

  /** Texts that the tokenizer turns into control tokens, like `<|im_end|>`. */
  controlTexts(): string[] {
    const { tokens = [], token_type: types = [] } = this.vocabulary;
    return tokens.filter((text, i) => types[i] === CONTROL && text.length > 1);
  }

  private read(token: Token): Uint8Array {
    const text = this.vocabulary.tokens?.[token];
    const type = this.vocabulary.token_type?.[token];
    if (type === CONTROL || type === UNUSED) return NOTHING;
    if (text !== undefined && type === BYTE) return Uint8Array.of(Number.parseInt(text.slice(3, 5), 16));
    if (text !== undefined && type === 1 && this.vocabulary.model === 'gpt2') return byteLevel(text);
    if (text !== undefined && type === 1 && this.vocabulary.model === 'llama') return utf8(text.replaceAll('▁', ' '));
    return utf8(this.model.detokenize([token], true));
  }
}

const utf8 = (text: string) => new TextEncoder().encode(text);

/** GPT-2's byte-level BPE writes each byte as a printable character. */
const BYTE_OF_CHAR = new Map<string, number>();
for (let byte = 0, shifted = 256; byte < 256; byte++) {
  const printable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  BYTE_OF_CHAR.set(String.fromCharCode(printable ? byte : shifted++), byte);
}

function byteLevel(text: string): Uint8Array {
  return Uint8Array.from([...text].flatMap((char) => BYTE_OF_CHAR.get(char) ?? [...utf8(char)]));
}
