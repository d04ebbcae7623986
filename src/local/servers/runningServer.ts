/** A server that can be used, whether this process started it or was given its address. */
export interface RunningServer {
  /** `host:port` of Temporal, or a `mongodb://` URI with a database name. */
  readonly address: string;
  /** How it was come by, for people: "mongod 6.0.5 on the PATH: /usr/bin/mongod". */
  readonly origin: string;
  /** Absent when the address was given: then the server is not ours to stop. */
  readonly pid?: number;
  /** Resolves, with the reason, when a server of ours ends by itself; never for a given address. */
  readonly ended: Promise<string>;
  /** Ends the server within seconds, gracefully if it can be. Safe to repeat; does nothing for a given address. */
  stop(): Promise<void>;
}

/** What every start has in common. */
export interface ServerOptions {
  /** Address given from outside: it is used as it is, and nothing is started. */
  readonly given?: string | undefined;
  /** Folder for data that is to last. Without it the data ends with the server. */
  readonly dataDir?: string | undefined;
  /** 0 or absent: a free one. */
  readonly port?: number | undefined;
  /** Told about everything that takes time or needs to be known, one line at a time. */
  readonly onProgress: (line: string) => void;
}
