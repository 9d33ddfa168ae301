import { service } from '../../rolldown.base.mjs';

export default service({ main: 'src/main.ts', 'segment-merge-thread': 'src/segment-merge-thread.ts' });
