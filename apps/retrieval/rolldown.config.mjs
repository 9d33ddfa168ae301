import { service } from '../../rolldown.base.mjs';

export default service({ main: 'src/main.ts', 'segment-merger': 'src/segment-merger.ts' });
