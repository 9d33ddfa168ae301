export { convertShape } from './convert-shape.ts';
export { detectShape } from './detect-shape.ts';
export { ShapeError } from './dialogue.ts';
export type { RowShape } from './shape.ts';
