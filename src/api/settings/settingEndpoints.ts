import { SETTINGS, type SettingName } from '../../platform/settings.js';
import { pageOf, pageQuery } from '../../schemas/page.js';
import { newSettingValue, settingParams, settingView } from '../../schemas/setting.js';
import { decodeCursor, toPage } from '../../store/page.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../notFound.js';
import { changedMeanwhile, requireMatch, withEtag } from '../serve/etag.js';
import { parseSetting } from './parseSetting.js';
import { toSettingView } from './settingView.js';

type SettingDependencies = Pick<ApiDependencies, 'configuration' | 'now'>;

export const settingEndpoints = (dependencies: SettingDependencies) => [
  listSettings(dependencies),
  readSetting(dependencies),
  putSetting(dependencies),
  resetSetting(dependencies),
];

const NAMES = (Object.keys(SETTINGS) as SettingName[]).sort();

/** @throws {OmsError} `resource.not_found` */
function known(name: string): SettingName {
  const found = NAMES.find((one) => one === name);
  if (found === undefined) throw notFound('setting', name);
  return found;
}

const listSettings = ({ configuration: { settings } }: SettingDependencies) =>
  endpoint({
    method: 'get',
    path: '/settings',
    tag: 'Settings',
    summary: 'List every setting with the value that holds',
    roles: MAY.readConfiguration,
    list: 'cursor',
    request: { query: pageQuery },
    replies: { 200: pageOf(settingView) },
    handle: async ({ query: { limit, cursor } }) => {
      const after = cursor === undefined ? '' : String(decodeCursor(cursor, 1)[0]);
      const stored = new Map((await settings.all()).map((one) => [one.name, one]));
      const items = NAMES.filter((name) => name > after).map((name) => toSettingView(name, stored.get(name) ?? null));
      return { status: 200, body: toPage(items, limit, ({ name }) => [name]) };
    },
  });

const readSetting = ({ configuration: { settings } }: SettingDependencies) =>
  endpoint({
    method: 'get',
    path: '/settings/{name}',
    tag: 'Settings',
    summary: 'Read a setting',
    roles: MAY.readConfiguration,
    request: { params: settingParams },
    replies: { 200: settingView },
    errors: ['resource.not_found'],
    handle: async ({ params }) => {
      const name = known(params.name);
      const body = toSettingView(name, await settings.find(name));
      return { status: 200, headers: withEtag(body.version), body };
    },
  });

const putSetting = ({ configuration: { settings }, now }: SettingDependencies) =>
  endpoint({
    method: 'put',
    path: '/settings/{name}',
    tag: 'Settings',
    summary: 'Set a value; If-Match is needed once it has been set',
    roles: MAY.configure,
    request: { params: settingParams, body: newSettingValue },
    replies: { 200: settingView },
    errors: ['resource.not_found', 'request.unprocessable', 'version.required', 'version.mismatch'],
    handle: async ({ params, body, headers }) => {
      const name = known(params.name);
      const value = { name, value: parseSetting(name, body.value) };
      const found = await settings.find(name);
      if (found || headers['if-match'] !== undefined) requireMatch(headers, found?.version ?? 0);
      const made = found
        ? await settings.replace(name, value, found.version, now())
        : await settings.create(name, value, now());
      if (!made) throw changedMeanwhile();
      return { status: 200, headers: withEtag(made.version), body: toSettingView(name, made) };
    },
  });

const resetSetting = ({ configuration: { settings }, now }: SettingDependencies) =>
  endpoint({
    method: 'delete',
    path: '/settings/{name}',
    tag: 'Settings',
    summary: 'Go back to the default',
    roles: MAY.configure,
    request: { params: settingParams },
    replies: { 204: null },
    errors: ['resource.not_found'],
    handle: async ({ params }) => {
      await settings.remove(known(params.name), now());
      return { status: 204 };
    },
  });
