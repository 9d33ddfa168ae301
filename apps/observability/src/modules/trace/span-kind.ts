/** As stored; the names are the contract's. */
export const spanKinds = { server: 1, client: 2, internal: 3 } as const;

export type SpanKind = keyof typeof spanKinds;
