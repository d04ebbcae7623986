import { findTransition } from '../../domain/lifecycle/lifecycle.js';
import { PACKAGE_LIFECYCLE, type PackageCommandName } from '../../domain/lifecycle/packageLifecycle.js';
import type { PackageLifecycle } from '../../domain/lifecycle/pinned.js';
import { unitFaults, unitsOut, type ItemUnits } from '../../domain/package/items.js';
import type { CommandOf, PackageCommand } from '../../domain/package/commands.js';
import type { GivenInvoice, PackageItem, PackageRecord } from '../../domain/package/package.js';
import { isList, unitsShapeFault, type Objection } from '../objections.js';

/** The commands that this workflow carries out. */
export const COMMAND_NAMES: ReadonlySet<string> = new Set(
  PACKAGE_LIFECYCLE.transitions.filter(({ by }) => by === 'caller').map(({ command }) => command),
);

/** What speaks against a command that the state would allow, or null. Signals bring any shape, so it is checked. */
export function objection(record: PackageRecord, command: PackageCommand): Objection | null {
  const { items } = record;
  switch (command.command) {
    case 'refuse':
    case 'cancel':
    case 'block':
      return needsText(command.reason, '/reason', `${command.command} needs a reason`);
    case 'report_missing':
      return unitsObjection(items, command.items, '/items');
    case 'prepare_items':
      return prepareObjection(items, command);
    case 'replace_product':
      return replacementObjection(items, command, '');
    case 'plan_manually':
      return manualObjection(items, command.groups);
    case 'return':
      if (command.items === undefined) return null;
      return unitsObjection(
        items.map((item) => ({ ...item, quantity: unitsOut(item) })),
        command.items,
        '/items',
      );
    case 'update_invoice':
      return invoiceObjection(command, '');
    case 'pack':
      return command.invoice ? invoiceObjection(command.invoice, '/invoice') : null;
    case 'update_shipment':
      return (
        needsText(command.carrier, '/carrier', 'update_shipment needs a carrier') ??
        needsText(command.trackingNumber, '/trackingNumber', 'update_shipment needs a tracking number')
      );
    case 'ship':
      if (command.withoutIntegration === true || command.trackingNumber !== undefined || record.shipment !== null)
        return null;
      return {
        pointer: '/trackingNumber',
        detail: 'the package has no shipment: give carrier and trackingNumber, or withoutIntegration',
      };
    default:
      return null;
  }
}

/** What `prepare_items` does besides is allowed where the command for it is. */
export function partsObjection(
  lifecycle: PackageLifecycle,
  { state }: Pick<PackageRecord, 'state'>,
  command: PackageCommand,
): Objection | null {
  if (command.command !== 'prepare_items') return null;
  const without = (pointer: string, part: readonly unknown[] | undefined, name: PackageCommandName) => {
    if (part === undefined || part.length === 0 || findTransition(lifecycle, state, name)) return null;
    return { pointer, detail: `the life cycle of the package is without ${name}` };
  };
  return (
    without('/missing', command.missing, 'report_missing') ??
    without('/replacements', command.replacements, 'replace_product')
  );
}

function needsText(value: unknown, pointer: string, detail: string): Objection | null {
  return typeof value === 'string' && value !== '' ? null : { pointer, detail };
}

function unitsObjection(items: readonly PackageItem[], units: readonly ItemUnits[], pointer: string): Objection | null {
  return unitsShapeFault(units, pointer) ?? unitFaults(items, units, pointer)[0] ?? null;
}

function prepareObjection(
  items: readonly PackageItem[],
  { missing, found, replacements }: CommandOf<'prepare_items'>,
): Objection | null {
  const isNamed = (list: readonly unknown[] | undefined): boolean => list !== undefined && list.length > 0;
  return (
    (isNamed(missing) ? unitsObjection(items, missing ?? [], '/missing') : null) ??
    (isNamed(found) ? unitsObjection(items, found ?? [], '/found') : null) ??
    (found ?? []).map((entry, index) => barcodeObjection(items, entry, `/found/${index}`)).find(Boolean) ??
    (replacements ?? [])
      .map((entry, index) => replacementObjection(items, entry, `/replacements/${index}`))
      .find(Boolean) ??
    null
  );
}

function barcodeObjection(
  items: readonly PackageItem[],
  { id, barcode }: { readonly id: string; readonly barcode?: string },
  pointer: string,
): Objection | null {
  const known = items.find((item) => item.id === id)?.barcode;
  if (barcode === undefined || known === undefined || barcode === known) return null;
  return { pointer: `${pointer}/barcode`, detail: `item ${id} has another barcode; report it as wrong_product` };
}

function replacementObjection(
  items: readonly PackageItem[],
  { item, sku }: { readonly item: string; readonly sku: string },
  pointer: string,
): Objection | null {
  if (!items.some(({ id }) => id === item)) {
    return { pointer: `${pointer}/item`, detail: `the package has no item ${String(item)}` };
  }
  return needsText(sku, `${pointer}/sku`, 'a replacement needs a SKU');
}

function manualObjection(
  items: readonly PackageItem[],
  groups: CommandOf<'plan_manually'>['groups'],
): Objection | null {
  if (!isList(groups)) return { pointer: '/groups', detail: 'must be a list of groups' };
  const wrong = groups
    .map(
      (group, index) =>
        needsText(group?.location, `/groups/${index}/location`, 'a group needs a location') ??
        unitsObjection(items, group.items, `/groups/${index}/items`),
    )
    .find((fault) => fault !== null);
  if (wrong) return wrong;
  const given = groups.flatMap((group) => group.items);
  const rest = items.find(({ id, quantity }) => quantity !== sum(given.filter((entry) => entry.id === id)));
  if (!rest) return null;
  const detail = `the groups must have every unit exactly once; of item ${rest.id} there are ${rest.quantity}`;
  return { pointer: '/groups', detail };
}

const sum = (units: readonly ItemUnits[]): number => units.reduce((total, { quantity }) => total + quantity, 0);

function invoiceObjection({ number, type, date, url, content }: GivenInvoice, pointer: string): Objection | null {
  const missing = Object.entries({ number, type, date }).find(([, value]) => typeof value !== 'string' || value === '');
  if (missing) return { pointer: `${pointer}/${missing[0]}`, detail: `an invoice needs ${missing[0]}` };
  return url === undefined && content === undefined
    ? { pointer: `${pointer}/url`, detail: 'an invoice needs its document: url or content' }
    : null;
}
