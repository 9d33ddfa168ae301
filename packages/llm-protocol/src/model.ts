/** One entry of `GET /v1/models`. */
export interface Model {
  id: string;
  object: 'model';
  /** Unix seconds. */
  created: number;
  owned_by: string;
}

/** Answer of `GET /v1/models`. */
export interface ModelList {
  object: 'list';
  data: Model[];
}
