export { checkLabel, type ItemContent, labelFields, labelKey } from './label.ts';
export { type LabelAgreement, type LabelledItem, measureAgreement } from './measure-agreement.ts';
