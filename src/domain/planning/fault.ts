/** What is wrong in a document; `pointer` is a JSON pointer (RFC 6901), `detail` a phrase for people. */
export interface Fault {
  readonly pointer: string;
  readonly detail: string;
}
