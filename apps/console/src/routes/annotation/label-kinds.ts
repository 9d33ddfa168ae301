import type { MessageInitShape } from '@bufbuild/protobuf';
import type { LabelDefinition, LabelDefinitionSchema } from '@llmops/contracts/data/v1/annotation';
import { lines } from '../datasets/import-form.ts';

export type LabelKind = NonNullable<LabelDefinition['kind']['case']>;

export const labelKinds: Record<LabelKind, { label: string; hint: string }> = {
  categories: { label: 'Categories', hint: 'One or several of a list of values.' },
  spans: { label: 'Spans', hint: 'Parts of a text, each with a value.' },
  pairwise: {
    label: 'Pairwise',
    hint: 'Which of two answers is better; which one is shown first changes from item to item.',
  },
  text: { label: 'Text', hint: 'A text that the annotator writes.' },
  correction: { label: 'Correction', hint: 'The output as it should have been.' },
};

export const labelKindNames = Object.keys(labelKinds) as LabelKind[];

export interface LabelSchemaForm {
  kind: LabelKind;
  values: string;
  multiple: boolean;
  ordinal: boolean;
  field: string;
  leftField: string;
  rightField: string;
  allowTie: boolean;
  maxLength: string;
}

export const emptySchema: LabelSchemaForm = {
  kind: 'categories',
  values: 'good\nbad',
  multiple: false,
  ordinal: false,
  field: '',
  leftField: '',
  rightField: '',
  allowTie: true,
  maxLength: '',
};

/** What annotators are asked for, as the form says it. */
export function schemaOf(form: LabelSchemaForm): MessageInitShape<typeof LabelDefinitionSchema> {
  const { kind, multiple, ordinal, allowTie } = form;
  const [field, leftField, rightField] = [form.field, form.leftField, form.rightField].map((name) => name.trim());
  switch (kind) {
    case 'categories':
      return { kind: { case: kind, value: { values: lines(form.values), multiple, ordinal } } };
    case 'spans':
      return { kind: { case: kind, value: { values: lines(form.values), ...(field && { field }) } } };
    case 'pairwise':
      return {
        kind: { case: kind, value: { allowTie, ...(leftField && { leftField }), ...(rightField && { rightField }) } },
      };
    case 'text':
      return { kind: { case: kind, value: { maxLength: Math.max(0, Math.trunc(Number(form.maxLength) || 0)) } } };
    case 'correction':
      return { kind: { case: kind, value: { ...(field && { field }) } } };
  }
}
