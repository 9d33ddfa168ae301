import { service } from '../../rolldown.base.mjs';

export default service();
