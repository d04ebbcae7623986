/** A place with a location of the demonstration brand. */
export interface Place {
  readonly code: string;
  readonly country: string;
  readonly state: string;
  readonly district: string;
  readonly postcode: string;
  readonly latitude: number;
  readonly longitude: number;
}

type Row = readonly [
  code: string,
  country: string,
  state: string,
  district: string,
  postcode: string,
  latitude: number,
  longitude: number,
];

const ROWS: readonly Row[] = [
  ['W1', 'TR', 'Kocaeli', 'Gebze', '41400', 40.8028, 29.4307],
  ['W2', 'TR', 'Ankara', 'Sincan', '06930', 39.9689, 32.5766],
  ['W3', 'DE', 'Hessen', 'Bad Hersfeld', '36251', 50.8719, 9.7069],
  ['S01', 'TR', 'Istanbul', 'Kadikoy', '34710', 40.9819, 29.0282],
  ['S02', 'TR', 'Istanbul', 'Besiktas', '34353', 41.0422, 29.0083],
  ['S03', 'TR', 'Istanbul', 'Sisli', '34360', 41.0602, 28.9877],
  ['S04', 'TR', 'Istanbul', 'Bakirkoy', '34140', 40.9819, 28.8772],
  ['S05', 'TR', 'Istanbul', 'Uskudar', '34662', 41.0236, 29.0152],
  ['S06', 'TR', 'Istanbul', 'Atasehir', '34758', 40.9923, 29.1244],
  ['S07', 'TR', 'Istanbul', 'Beylikduzu', '34520', 41.0027, 28.6415],
  ['S08', 'TR', 'Ankara', 'Cankaya', '06690', 39.9179, 32.8627],
  ['S09', 'TR', 'Ankara', 'Yenimahalle', '06170', 39.9655, 32.8123],
  ['S10', 'TR', 'Izmir', 'Konak', '35260', 38.4189, 27.1287],
  ['S11', 'TR', 'Izmir', 'Bornova', '35040', 38.4697, 27.2211],
  ['S12', 'TR', 'Bursa', 'Nilufer', '16110', 40.2146, 28.9847],
  ['S13', 'TR', 'Antalya', 'Muratpasa', '07100', 36.8841, 30.7056],
  ['S14', 'TR', 'Adana', 'Seyhan', '01120', 36.9914, 35.3308],
  ['S15', 'TR', 'Gaziantep', 'Sahinbey', '27010', 37.0662, 37.3833],
  ['S16', 'TR', 'Konya', 'Selcuklu', '42060', 37.8746, 32.4932],
  ['S17', 'TR', 'Mersin', 'Yenisehir', '33110', 36.7886, 34.5753],
  ['S18', 'TR', 'Kayseri', 'Kocasinan', '38010', 38.7312, 35.4787],
  ['S19', 'TR', 'Eskisehir', 'Odunpazari', '26010', 39.7667, 30.5256],
  ['S20', 'TR', 'Trabzon', 'Ortahisar', '61030', 41.0027, 39.7168],
  ['S21', 'TR', 'Samsun', 'Ilkadim', '55030', 41.2867, 36.33],
  ['S22', 'TR', 'Denizli', 'Merkezefendi', '20010', 37.7765, 29.0864],
  ['S23', 'TR', 'Mugla', 'Bodrum', '48400', 37.0344, 27.4305],
  ['S24', 'DE', 'Berlin', 'Mitte', '10117', 52.5206, 13.3862],
  ['S25', 'DE', 'Hamburg', 'Altstadt', '20095', 53.5503, 10.0006],
  ['S26', 'DE', 'Bayern', 'Munchen', '80331', 48.1371, 11.5754],
  ['S27', 'DE', 'Nordrhein-Westfalen', 'Koln', '50667', 50.9384, 6.9599],
  ['S28', 'AT', 'Wien', 'Innere Stadt', '1010', 48.2085, 16.3721],
  ['S29', 'NL', 'Noord-Holland', 'Amsterdam', '1012', 52.3731, 4.8926],
  ['S30', 'BE', 'Brussel', 'Brussel', '1000', 50.8466, 4.3528],
  ['S31', 'FR', 'Ile-de-France', 'Paris', '75001', 48.8626, 2.3363],
  ['S32', 'FR', 'Auvergne-Rhone-Alpes', 'Lyon', '69002', 45.7578, 4.832],
  ['S33', 'IT', 'Lombardia', 'Milano', '20121', 45.4669, 9.19],
  ['S34', 'ES', 'Madrid', 'Madrid', '28013', 40.42, -3.7025],
  ['S35', 'PL', 'Mazowieckie', 'Warszawa', '00-001', 52.2297, 21.0122],
  ['S36', 'CZ', 'Praha', 'Praha 1', '110 00', 50.0875, 14.4213],
  ['S37', 'GR', 'Attiki', 'Athina', '105 63', 37.9755, 23.7348],
];

/** Three warehouses and 37 stores in Turkey and Europe. */
export const PLACES: readonly Place[] = ROWS.map(([code, country, state, district, postcode, latitude, longitude]) => ({
  code,
  country,
  state,
  district,
  postcode,
  latitude,
  longitude,
}));

/** @throws for a code that the table does not have: the table and who asks are both ours. */
export function placeOf(code: string): Place {
  const found = PLACES.find((place) => place.code === code);
  if (!found) throw new Error(`There is no place ${code}`);
  return found;
}
