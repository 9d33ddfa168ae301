export { ApplyRetention } from './apply-retention.ts';
export { RetentionModule } from './retention.module.ts';
