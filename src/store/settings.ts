import { SETTINGS, type SettingName, type Settings } from '../platform/settings.js';
import type { Connection } from './connection.js';
import { createVersionedRepository } from './versioned.js';

export interface StoredSetting {
  readonly name: SettingName;
  readonly value: Settings[SettingName];
}

/** What the brand has set; everything else has its default. */
export function createSettingsRepository(connection: Connection) {
  const repository = createVersionedRepository<StoredSetting>(connection, 'settings');
  return {
    ...repository,

    /** Every setting with the value that holds now. */
    async read(): Promise<Settings> {
      const defaults = Object.entries(SETTINGS).map(([name, definition]) => [name, definition.default] as const);
      const set = (await repository.all()).map(({ name, value }) => [name, value] as const);
      return Object.fromEntries([...defaults, ...set]) as Settings;
    },
  };
}
