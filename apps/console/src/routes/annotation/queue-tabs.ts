export const queueTabs = ['items', 'disputed', 'agreement'] as const;
export type QueueTab = (typeof queueTabs)[number];
