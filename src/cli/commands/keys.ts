import { InvalidArgumentError, type Command } from 'commander';

import { generateApiKey } from '../../api/auth/apiKey.js';
import { ROLES, type Role } from '../../domain/configuration/role.js';
import { readConfig } from '../../platform/config.js';
import { createConfigurationStore } from '../../store/configuration.js';
import { connectStore } from '../../store/connection.js';
import type { ApiClient } from '../apiClient.js';
import { print, shown, type Row } from '../output.js';

interface NewKey {
  readonly role: Role;
  readonly location?: readonly string[];
  readonly env: string;
  readonly json?: boolean;
}

/** `oms keys`: API keys. `create` works on MongoDB itself where it can, because the first key cannot come by the API. */
export function addKeysCommand(program: Command, connect: () => ApiClient): void {
  const keys = program.command('keys').description('API keys');
  keys
    .command('list', { isDefault: true })
    .description('all keys, without their secrets')
    .option('--json', 'JSON instead of a table')
    .action(async ({ json }: { json?: boolean }) => {
      const { items } = await connect().get<{ items: Row[] }>('keys');
      print(items, COLUMNS, { json: json ?? false });
    });
  keys
    .command('create <name>')
    .description('make a key, which is shown once: directly in the database of MONGODB_URI, else by the API')
    .requiredOption('--role <role>', ROLES.join(', '), toRole)
    .option('--location <code...>', 'limit a store key to these locations')
    .option('--env <name>', 'part of the key that tells where it belongs', 'live')
    .option('--json', 'JSON instead of the bare key')
    .action((name: string, wanted: NewKey) => createKey(name, wanted, connect));
}

async function createKey(name: string, wanted: NewKey, connect: () => ApiClient): Promise<void> {
  const { MONGODB_URI: uri } = readConfig();
  const made = uri === undefined ? await createByApi(name, wanted, connect()) : await createIn(uri, name, wanted);
  console.log(wanted.json ? JSON.stringify({ ...made, name, role: wanted.role }) : made.key);
}

interface MadeKey {
  readonly id: string;
  readonly key: string;
}

async function createByApi(name: string, { role, location }: NewKey, api: ApiClient): Promise<MadeKey> {
  const { id, key } = await api.post<MadeKey>('keys', { name, role, ...(location && { locations: location }) });
  return { id, key };
}

/** The first key of an installation: there is none yet to call the API with. */
async function createIn(uri: string, name: string, { role, location, env }: NewKey): Promise<MadeKey> {
  const database = await connectStore(uri);
  try {
    const { id, key, secretHash } = generateApiKey(env);
    const createdAt = new Date().toISOString();
    const record = { id, name, role, locations: location ?? null, secretHash, createdAt, createdBy: 'cli' };
    await createConfigurationStore(database).apiKeys.insert({ ...record, expiresAt: null });
    return { id, key };
  } finally {
    await database.close();
  }
}

function toRole(given: string): Role {
  const role = ROLES.find((known) => known === given);
  if (!role) throw new InvalidArgumentError(`must be one of ${ROLES.join(', ')}`);
  return role;
}

const COLUMNS = ['id', 'name', 'role', 'expiresAt'].map((heading) => ({
  heading,
  value: (item: Row) => shown(item[heading]),
}));
