export { AnnotationModule } from './annotation.module.ts';
export { PublishAnnotations, type PublishJobInput, publishJob } from './publish-annotations.ts';
