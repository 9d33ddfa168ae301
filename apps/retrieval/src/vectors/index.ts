export { choosePlan, type VectorPlan } from './choose-plan.ts';
export { decodeHalfvec, encodeBigints, encodeHalfvec } from './halfvec.ts';
