import { InvalidArgumentError, type Command } from 'commander';

import { generateApiKey } from '../../api/auth/apiKey.js';
import { ROLES, type Role } from '../../domain/configuration/role.js';
import { readConfig } from '../../platform/config.js';
import { createConfigurationStore } from '../../store/configuration.js';
import { connectStore } from '../../store/connection.js';
import type { ApiClient } from '../apiClient.js';
import { Refused } from '../exit.js';
import { print, shown, type Row } from '../output.js';

interface NewKey {
  readonly role: Role;
  readonly location?: readonly string[];
  readonly env: string;
  readonly json?: boolean;
}

/** `oms keys`: API keys. `create` works on MongoDB itself, because the first key cannot come by the API. */
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
    .description('make a key directly in MongoDB (MONGODB_URI); it is shown once')
    .requiredOption('--role <role>', ROLES.join(', '), toRole)
    .option('--location <code...>', 'limit a store key to these locations')
    .option('--env <name>', 'part of the key that tells where it belongs', 'live')
    .option('--json', 'JSON instead of the bare key')
    .action(createKey);
}

async function createKey(name: string, { role, location, env, json }: NewKey): Promise<void> {
  const { MONGODB_URI: uri } = readConfig();
  if (uri === undefined) throw new Refused('Set MONGODB_URI to the database that gets the key');
  const database = await connectStore(uri);
  try {
    const { id, key, secretHash } = generateApiKey(env);
    const createdAt = new Date().toISOString();
    const record = {
      id,
      name,
      role,
      locations: location ?? null,
      secretHash,
      createdAt,
      createdBy: 'cli',
      expiresAt: null,
    };
    await createConfigurationStore(database).apiKeys.insert(record);
    console.log(json ? JSON.stringify({ id, name, role, key }) : key);
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
