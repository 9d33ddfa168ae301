export { type BootstrapResult, bootstrap, runBootstrap } from './run-bootstrap.ts';
