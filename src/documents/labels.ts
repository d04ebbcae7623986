export const DOCUMENT_LANGUAGES = ['en', 'tr'] as const;
export type DocumentLanguage = (typeof DOCUMENT_LANGUAGES)[number];

/** What is printed beside the data. */
export interface Labels {
  readonly packingSlip: string;
  readonly pickList: string;
  readonly order: string;
  readonly placed: string;
  readonly from: string;
  readonly to: string;
  readonly collect: string;
  readonly shipping: string;
  readonly tracking: string;
  readonly invoice: string;
  readonly notes: string;
  readonly due: string;
  readonly sku: string;
  readonly product: string;
  readonly quantity: string;
  readonly packages: string;
  readonly insteadOf: string;
  readonly comesByTransfer: string;
  readonly total: string;
  readonly page: string;
}

export const LABELS: Readonly<Record<DocumentLanguage, Labels>> = {
  en: {
    ...{ packingSlip: 'Packing slip', pickList: 'Pick list', order: 'Order', placed: 'Placed', from: 'From' },
    ...{ to: 'Ship to', collect: 'Collected by', shipping: 'Shipping', tracking: 'Tracking', invoice: 'Invoice' },
    ...{ notes: 'Notes', due: 'Due', sku: 'SKU', product: 'Product', quantity: 'Quantity', packages: 'Packages' },
    ...{ insteadOf: 'instead of', comesByTransfer: 'by transfer', total: 'Total', page: 'Page' },
  },
  tr: {
    ...{ packingSlip: 'Sevk fişi', pickList: 'Toplama listesi', order: 'Sipariş', placed: 'Sipariş tarihi' },
    ...{ from: 'Gönderen', to: 'Teslimat adresi', collect: 'Teslim alacak', shipping: 'Kargo', tracking: 'Takip no' },
    ...{ invoice: 'Fatura', notes: 'Notlar', due: 'Son saat', sku: 'SKU', product: 'Ürün', quantity: 'Adet' },
    ...{ packages: 'Paketler', insteadOf: 'yerine', comesByTransfer: 'transferle', total: 'Toplam', page: 'Sayfa' },
  },
};
