export interface VersionSplit {
  name: string;
  rowCount: number;
}

/** How the splits were made, so that a version derived from this one can be split alike. */
export interface SplitPlan {
  rules: { name: string; fraction: number; count: number }[];
  /** A 64-bit integer as text. */
  seed: string;
  stratifyBy: string;
  groupBy: string;
}

export interface VersionLineage {
  /** `import`, `derive`, `split`, `annotation`, `traces` */
  operation: string;
  detail: string;
  parentVersions: string[];
  source: string;
  sync: string;
  job: string;
  traceIds: string[];
  fileName: string;
}
