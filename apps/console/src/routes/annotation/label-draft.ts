import { create } from '@bufbuild/protobuf';
import {
  type AnnotationItem,
  type Label,
  type LabelDefinition,
  LabelSchema,
  Label_Preference as Preference,
} from '@llmops/contracts/data/v1/annotation';
import { cellText, contentOf } from '../datasets/row-cells.ts';
import type { SpanMark } from './span-marks.ts';

/** A label that is being made. */
export interface LabelDraft {
  categories: string[];
  spans: SpanMark[];
  preference: Preference;
  text: string;
  comment: string;
}

type Shown = Pick<AnnotationItem, 'contentJson'>;

export const textOf = (item: Shown, field: string): string => cellText(contentOf(item.contentJson)[field]);

/** Nothing yet; a correction begins with what stands there. */
export function emptyDraft({ kind }: LabelDefinition, item: Shown): LabelDraft {
  const text = kind.case === 'correction' ? textOf(item, kind.value.field || 'output') : '';
  return { categories: [], spans: [], preference: Preference.UNSPECIFIED, text, comment: '' };
}

/** Another value is taken in, or takes the place of the one before; the same again takes it away. */
export function toggleCategory(draft: LabelDraft, value: string, multiple: boolean): LabelDraft {
  const { categories } = draft;
  if (categories.includes(value)) return { ...draft, categories: categories.filter((each) => each !== value) };
  return { ...draft, categories: multiple ? [...categories, value] : [value] };
}

/** Whether it can be given. No spans and no changes are answers too. */
export function isComplete({ kind }: LabelDefinition, draft: LabelDraft): boolean {
  switch (kind.case) {
    case 'categories':
      // Where several may hold, none may too.
      return kind.value.multiple || draft.categories.length > 0;
    case 'pairwise':
      return draft.preference !== Preference.UNSPECIFIED;
    case 'text':
    case 'correction':
      return draft.text.trim() !== '';
    default:
      return true;
  }
}

/** The label, with only what its kind has. */
export function labelOf({ kind }: LabelDefinition, draft: LabelDraft): Label {
  const { categories, spans, preference, text, comment } = draft;
  return create(LabelSchema, {
    comment,
    ...(kind.case === 'categories' && { categories }),
    ...(kind.case === 'spans' && { spans }),
    ...(kind.case === 'pairwise' && { preference }),
    ...((kind.case === 'text' || kind.case === 'correction') && { text }),
  });
}

/** Which side is better when the one shown first (or second) was chosen. */
export function preferenceOf(place: 'first' | 'second', swapped: boolean): Preference {
  return (place === 'first') === swapped ? Preference.RIGHT : Preference.LEFT;
}

/** The digit that chooses the value at this place, `1` to `9`. */
export const shortcutOf = (at: number): string | undefined => (at < 9 ? String(at + 1) : undefined);

/** The value that a key chooses. */
export const valueOfKey = (values: readonly string[], key: string): string | undefined =>
  /^[1-9]$/.test(key) ? values[Number(key) - 1] : undefined;

/** A label in a few words. */
export function labelSummary({ kind }: LabelDefinition, label: Label | undefined): string {
  if (!label) return '–';
  switch (kind.case) {
    case 'categories':
      return label.categories.join(', ') || '–';
    case 'spans':
      return label.spans.length === 0
        ? 'No spans'
        : label.spans.map(({ value, start, end }) => `${value} ${start}–${end}`).join(', ');
    case 'pairwise':
      return preferenceNames(kind.value.leftField || 'a', kind.value.rightField || 'b')[label.preference];
    default:
      return label.text;
  }
}

const preferenceNames = (left: string, right: string): Record<Preference, string> => ({
  [Preference.UNSPECIFIED]: '–',
  [Preference.LEFT]: `${left} is better`,
  [Preference.RIGHT]: `${right} is better`,
  [Preference.TIE]: 'Neither is better',
});
