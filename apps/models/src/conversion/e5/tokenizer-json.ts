import type { PackedE5 } from './read-packed.ts';

// What SentencePiece's `nmt_nfkc` table does beyond NFKC: control characters go, other blanks and the mark of a blank
// become blanks.
const CONTROL = '[\\u0001-\\u0008\\u000B\\u000E-\\u001F\\u007F\\u008F\\u009F]';
const BLANK = '[\\u0009\\u000A\\u000C\\u000D\\u1680\\u200B-\\u200F\\u2028\\u2029\\u2581\\uFEFF\\uFFFD]';

const replace = (pattern: string, content: string) => ({ type: 'Replace', pattern: { Regex: pattern }, content });

/** A `tokenizer.json` of Hugging Face's kind: XLM-RoBERTa's pieces, normalising and special tokens. */
export function tokenizerJson({ pieces, special }: PackedE5): string {
  const nameOf = (id: number) => pieces[id]![0];
  const { bos, eos, pad, unknown } = special;
  const [start, end] = [nameOf(bos), nameOf(eos)];
  const token = (id: string) => ({ SpecialToken: { id, type_id: 0 } });
  const text = (id: 'A' | 'B') => ({ Sequence: { id, type_id: 0 } });
  const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
  return JSON.stringify({
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [bos, pad, eos, unknown].sort((a, b) => a - b).map((id) => ({ id, content: nameOf(id), ...flags })),
    normalizer: {
      type: 'Sequence',
      normalizers: [replace(CONTROL, ''), replace(BLANK, ' '), { type: 'NFKC' }, replace(' {2,}', ' ')],
    },
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'WhitespaceSplit' },
        { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
      ],
    },
    post_processor: {
      type: 'TemplateProcessing',
      single: [token(start), text('A'), token(end)],
      pair: [token(start), text('A'), token(end), token(end), text('B'), token(end)],
      special_tokens: Object.fromEntries(
        [bos, eos].map((id) => [nameOf(id), { id: nameOf(id), ids: [id], tokens: [nameOf(id)] }]),
      ),
    },
    decoder: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
    model: { type: 'Unigram', unk_id: unknown, vocab: pieces, byte_fallback: false },
  });
}
