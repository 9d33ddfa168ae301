/** What the first start writes for its user, `credentials.json`. */
export interface Credentials {
  baseUrl: string;
  apiKey: string;
  projectId: string;
  email: string;
  password: string;
}
