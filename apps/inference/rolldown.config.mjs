import { service } from '../../rolldown.base.mjs';

export default service({
  main: 'src/main.ts',
  'llama-replica': 'src/llama-replica.ts',
  'onnx-replica': 'src/onnx-replica.ts',
});
