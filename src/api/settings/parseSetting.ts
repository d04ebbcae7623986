import { OmsError } from '../../platform/errors.js';
import { SETTINGS, type SettingName, type Settings } from '../../platform/settings.js';

/** @throws {OmsError} `request.unprocessable` when the setting cannot have this value. */
export function parseSetting(name: SettingName, value: unknown): Settings[SettingName] {
  const parsed = SETTINGS[name].schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new OmsError('request.unprocessable', `${name} cannot have this value`, {
    errors: parsed.error.issues.map(({ message }) => ({ pointer: '/value', detail: message })),
  });
}
