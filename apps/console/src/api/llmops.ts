import { createLlmops } from '@llmops/sdk';

/** The platform behind this page: same origin, the session cookie speaks for the user. */
export const llmops = createLlmops({ baseUrl: '' });
