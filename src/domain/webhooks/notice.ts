/** Something about an endpoint that is to be announced; its event has its place in the endpoint's sequence. */
export interface Notice {
  /** What tells it from any other of the endpoint: noting it again changes nothing. */
  readonly key: string;
  readonly type: 'webhook.delivery.exhausted' | 'webhook.endpoint.disabled' | 'webhook.endpoint.test';
  readonly sequence: number;
  readonly at: Date;
  /** Id of the delivery that it is about; null when it is about the endpoint. */
  readonly delivery: string | null;
}
