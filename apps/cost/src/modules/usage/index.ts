export { ApplyRetention } from './apply-retention.ts';
export { CallsConsumer } from './calls.consumer.ts';
export { UsageModule } from './usage.module.ts';
