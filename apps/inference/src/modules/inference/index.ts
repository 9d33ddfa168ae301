export { EngineRegistry } from './engine-registry.ts';
export { exportMetrics } from './inference.metrics.ts';
export { InferenceModule } from './inference.module.ts';
export { watchArtifacts } from './watch-artifacts.ts';
