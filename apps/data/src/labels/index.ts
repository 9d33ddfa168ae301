export { checkLabel, type ItemContent, type Labels, labelFields, labelKey } from './label.ts';
export { type LabelAgreement, type LabelledItem, measureAgreement } from './measure-agreement.ts';
