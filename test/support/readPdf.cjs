// Prints the text of each page of the PDF on standard input, as JSON. CommonJS like its neighbours, so that it is run as
// it is; the library is for ES modules only.
const { buffer } = require('node:stream/consumers');

async function main() {
  const { extractText, getDocumentProxy } = await import('unpdf');
  const pdf = await getDocumentProxy(new Uint8Array(await buffer(process.stdin)));
  const { text } = await extractText(pdf, { mergePages: false });
  console.log(JSON.stringify(text));
}

void main();
