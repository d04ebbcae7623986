import { z } from 'zod';

const port = (fallback: number) => z.coerce.number().int().min(0).max(65535).default(fallback);
const flag = z.enum(['on', 'off']);

/**
 * Every environment variable that the product reads. Nothing else reads `process.env`, so this table
 * is the reference: `.env.example`, the operations page and `docker-compose.yml` are checked against it.
 */
export const ENVIRONMENT = z.object({
  OMS_PORT: port(8080).describe('Port of the API, its documentation and the console.'),
  OMS_HOST: z.string().default('127.0.0.1').describe('Address that the API listens on.'),
  OMS_METRICS_PORT: port(9464).describe('Port of /metrics.'),
  OMS_PLANNING_THREADS: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .optional()
    .describe('Most threads that plan in a process; one less than the processors when absent.'),
  OMS_DATA_DIR: z.string().default('.oms').describe('Data of `oms dev`, relative to the working directory.'),
  OMS_BOOTSTRAP_KEY: z
    .string()
    .regex(
      /^oms_[a-z0-9]+_[A-Za-z0-9]+_[A-Za-z0-9]{32,}$/,
      'looks like oms_<env>_<id>_<secret>, secret of at least 32 characters',
    )
    .optional()
    .describe('An admin key that is valid from the first start.'),
  OMS_EGRESS_ALLOW: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((range) => range.trim())
        .filter((range) => range !== ''),
    )
    .describe('Private address ranges that outgoing calls may reach, as a comma-separated list of CIDR ranges.'),
  OMS_DEMO: flag.default('on').describe('`off`: `oms dev` without simulators, demonstration brand and orders.'),
  OMS_URL: z.url().default('http://127.0.0.1:8080').describe('Where the `oms` commands find the API.'),
  OMS_KEY: z.string().optional().describe('The key that the `oms` commands use.'),
  PATH: z.string().optional().describe('Where the executables of the embedded stack are looked for.'),
  OMS_TEMPORAL_BIN: z.string().optional().describe('A Temporal CLI for the embedded stack.'),
  OMS_MONGOD_BIN: z.string().optional().describe('A mongod for the embedded stack.'),
  OMS_TEMPORAL_TEST_SERVER_BIN: z.string().optional().describe('A time-skipping test server for the tests.'),
  TEMPORAL_ADDRESS: z.string().optional().describe('host:port of a Temporal frontend; embedded when absent.'),
  TEMPORAL_NAMESPACE: z.string().default('default').describe('Temporal namespace of the brand.'),
  TEMPORAL_API_KEY: z.string().optional().describe('API key of a Temporal frontend that asks for one.'),
  TEMPORAL_TLS: z.string().optional().describe('`true`: speak TLS to Temporal.'),
  TEMPORAL_TLS_CLIENT_CERT_PATH: z.string().optional().describe('Client certificate for Temporal (PEM file).'),
  TEMPORAL_TLS_CLIENT_KEY_PATH: z.string().optional().describe('Key of the client certificate (PEM file).'),
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: z
    .string()
    .optional()
    .describe('CA that signed the certificate of Temporal (PEM file).'),
  TEMPORAL_TLS_SERVER_NAME: z
    .string()
    .optional()
    .describe('Name in the certificate of Temporal, when it is not its address.'),
  TEMPORAL_UI_PORT: port(8233).describe('Port of the embedded Temporal Web UI.'),
  MONGODB_URI: z.string().optional().describe('MongoDB with database name; embedded when absent.'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('Log level.'),
  XDG_CACHE_HOME: z.string().optional().describe('Where downloaded or built servers are cached; ~/.cache when absent.'),
});

export type Config = z.infer<typeof ENVIRONMENT>;

/**
 * Reads the environment once, at the start of a process.
 *
 * @throws {ConfigError} that lists every fault, not only the first.
 */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  // An empty value means "not set": compose files and shells often leave one behind.
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = ENVIRONMENT.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
}

/** The environment is wrong; `faults` has a line for each variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly faults: readonly string[]) {
    super(`The environment is not usable:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}
