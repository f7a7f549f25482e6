import ipaddr from 'ipaddr.js';

/** Where an address leads: the internet, this machine, a network of one's own, or nowhere that is public. */
export type AddressReach = 'public' | 'machine' | 'private' | 'special';

/** Global unicast of IPv6 (RFC 4291): nothing outside of it is routed on the internet. */
const GLOBAL_V6 = ipaddr.IPv6.parseCIDR('2000::/3');
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/**
 * What an IP address reaches. What is not known to be public is not; addresses that carry an IPv4 address
 * (mapped, RFC 4291; NAT64, RFC 6052) count as that one. Text that is no IP address is `special`.
 */
export function addressReach(text: string): AddressReach {
  const bare = text.replace(/^\[(.*)\]$/, '$1');
  if (!ipaddr.isValid(bare)) return 'special';
  const address = ipaddr.parse(bare);
  return address instanceof ipaddr.IPv4 ? reachOfV4(address) : reachOfV6(address);
}

function reachOfV4(address: ipaddr.IPv4): AddressReach {
  switch (address.range()) {
    case 'unicast':
      return 'public';
    case 'loopback':
    case 'unspecified':
      return 'machine';
    case 'private':
    case 'linkLocal':
    case 'carrierGradeNat':
      return 'private';
    default:
      return 'special';
  }
}

function reachOfV6(address: ipaddr.IPv6): AddressReach {
  if (address.isIPv4MappedAddress()) return reachOfV4(address.toIPv4Address());
  if (address.match(NAT64)) return reachOfV4(new ipaddr.IPv4(address.toByteArray().slice(12)));
  switch (address.range()) {
    case 'unicast':
      return address.match(GLOBAL_V6) ? 'public' : 'special';
    case 'loopback':
    case 'unspecified':
      return 'machine';
    case 'uniqueLocal':
    case 'linkLocal':
      return 'private';
    default:
      return 'special';
  }
}
