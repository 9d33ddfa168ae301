export { planSteps, type Steps } from './plan-steps.ts';
