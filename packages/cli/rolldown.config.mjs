import { service } from '../../rolldown.base.mjs';

const base = service({ llmops: 'src/main.ts' });
export default { ...base, output: { ...base.output, banner: '#!/usr/bin/env node' } };
