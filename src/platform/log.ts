import { pino, type DestinationStream, type Logger } from 'pino';
import pretty from 'pino-pretty';

export type { Logger };

// Names under which a secret could come into a log line, at the top and one level down.
const SECRETS = ['authorization', 'password', 'secret', 'secrets', 'token', 'key', 'apiKey', 'cookie'];

export interface LoggerOptions {
  readonly level: string;
  /** Where lines go; standard output when absent. */
  readonly destination?: DestinationStream;
  /** People read along: coloured lines instead of JSON. */
  readonly isTerminal?: boolean;
}

/** JSON lines, one event each. No bodies, no secrets, no personal data: those never belong into a log. */
export function createLogger({ level, destination, isTerminal = false }: LoggerOptions): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    // Temporal's SDK says `error` where we say `err`; without this it would be `{}`.
    serializers: { error: pino.stdSerializers.err },
    redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.headers.${name}`]), censor: '[hidden]' },
  };
  if (isTerminal) return pino(options, pretty({ ignore: 'pid,hostname', translateTime: 'HH:MM:ss', sync: true }));
  return destination ? pino(options, destination) : pino(options);
}
