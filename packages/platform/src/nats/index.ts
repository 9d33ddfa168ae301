export { connectNats, type Nats } from './connect.ts';
