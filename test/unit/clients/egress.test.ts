import { checkUrl } from '../../../src/clients/egress.js';

const LOOPBACK = ['127.0.0.0/8', '::1/128'];

describe('checkUrl', () => {
  test.each([
    '127.0.0.1',
    '127.0.0.1.',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0177.0.0.1',
    '0.0.0.0',
    'localhost',
    'LOCALHOST.',
    'api.localhost',
    '[::]',
    '[::1]',
    '[::7f00:1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::ffff:0:127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b:1::7f00:1]',
    '[2002:7f00:1::]',
    '[2001:0:53aa:64c:0:5efe:7f00:1]',
    '[fe80::1]',
    '[fec0::1]',
    '[fc00::1]',
    '[fd00:ec2::254]',
    '[ff02::1]',
    '[5f00::1]',
    '[100::1]',
    '[2001:db8::1]',
    '[3fff::1]',
    '169.254.169.254',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.0.1',
    '100.64.0.1',
    '100.127.255.254',
    '192.0.0.1',
    '192.88.99.1',
    '198.18.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '224.0.0.1',
    '127.0.0.1#@good.example',
    '１２７.0.0.1',
    '127。0。0。1',
  ])('refuses http://%s, which is not a public address', (host) => {
    expect(checkUrl(`http://${host}`, [])).toMatch(/^leads to /);
  });

  test.each([
    ['no URL at all', 'stock.example/path', 'must be a URL'],
    ['a zone', 'http://[fe80::1%25eth0]/', 'must be a URL'],
    ['file', 'file:///etc/passwd', 'must begin with http:// or https://'],
    ['gopher', 'gopher://good.example/_', 'must begin with http:// or https://'],
    ['ftp', 'ftp://good.example/', 'must begin with http:// or https://'],
    ['javascript', 'javascript:alert(1)', 'must begin with http:// or https://'],
    ['a user', 'https://user@good.example/', 'must not carry credentials'],
    ['a user that looks like a host', 'https://good.example:443@127.0.0.1/', 'must not carry credentials'],
    ['a password', 'https://:secret@good.example/', 'must not carry credentials'],
    ['a very long host', `http://${'a.'.repeat(5_000)}example/`, 'names a host that is too long'],
  ])('refuses %s', (_what, url, why) => {
    expect(checkUrl(url, LOOPBACK)).toBe(why);
  });

  test.each([
    '8.8.8.8',
    '100.63.255.254',
    '100.128.0.1',
    '[2606:4700:4700::1111]',
    'stock.example:8443',
    'xn--mnchen-3ya.example',
    // Names are judged when they are resolved, at every call.
    'metadata.google.internal',
    'notlocalhost.example',
  ])('lets https://%s through', (host) => {
    expect(checkUrl(`https://${host}/hook?a=1`, [])).toBeNull();
  });

  test.each([
    ['127.0.0.1:8080', ['127.0.0.0/8']],
    ['127.0.0.1:8080', ['127.0.0.1']],
    ['localhost:8080', ['127.0.0.0/8']],
    ['[::1]:8080', LOOPBACK],
    ['10.1.2.3', ['::1/128', '10.0.0.0/8']],
  ])('lets http://%s through when %s is allowed', (host, allow) => {
    expect(checkUrl(`http://${host}`, allow)).toBeNull();
  });

  test('what is allowed opens nothing else', () => {
    expect(checkUrl('http://10.0.0.1', LOOPBACK)).not.toBeNull();
    expect(checkUrl('http://[::ffff:10.0.0.1]', LOOPBACK)).not.toBeNull();
    expect(checkUrl('http://[fd00::1]', LOOPBACK)).not.toBeNull();
  });
});
